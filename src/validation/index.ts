export * from './documents';
export * from './hook-lint-plugin';
