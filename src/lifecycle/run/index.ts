export { checkClaim } from './check-claim';
export { findClaim } from './claim-book';
export * from './errors';
export { RecordStore } from './record-store';
export * from './perform';
export * from './perform-event';
export type { RunOptions } from './frame';
export type { PerformOptions } from './holding';
export { execute, run } from './run';
