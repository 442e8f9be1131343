export * from './hooks';
export { HookLintPlugin } from './validation';
