export * from './follow-release-logs';
export * from './log-item';
export { readReleaseLogs } from './read-release-logs';
