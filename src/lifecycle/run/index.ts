export * from './errors';
export { RecordStore } from './record-store';
export * from './perform';
export type { RunOptions } from './frame';
export type { PerformOptions } from './holding';
export { execute, run } from './run';
