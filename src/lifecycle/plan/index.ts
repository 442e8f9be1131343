export * from './install';
export * from './plan';
export * from './plan-options';
export * from './refused-error';
export * from './rollback';
export * from './summary';
export * from './uninstall';
export * from './upgrade';
