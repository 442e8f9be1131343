export * from './errors';
export { RecordStore } from './record-store';
export * from './perform';
export { type RunOptions, execute, run } from './run';
