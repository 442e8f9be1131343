export * from './diff';
export * from './hook-log';
export * from './lifecycle-event';
export * from './outcome';
export * from './permissions';
export * from './plan';
export * from './run';
export * from './verdict';
