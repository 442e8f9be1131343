export * from './errors';
export { RecordStore } from './record-store';
export * from './perform';
export { RunOptions, execute, run } from './run';
