export * from './chart';
export * from './hooks';
export { HookLintPlugin } from './validation/hook-lint-plugin'; // cdk8s-cli looks for it in the main file
