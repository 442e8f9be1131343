export * from './channel';
export * from './clock';
export * from './cluster';
export * from './cluster-error';
export * from './describe-target';
export * from './persistence';
export * from './retrying';
export * from './side-by-side';
