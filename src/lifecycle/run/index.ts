export * from './errors';
export { RecordStore } from './record-store';
export * from './run';
