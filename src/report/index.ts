export * from './duration';
export * from './json-reporter';
export * from './plan-text';
export * from './rbac-text';
export * from './printable';
export * from './text-reporter';
