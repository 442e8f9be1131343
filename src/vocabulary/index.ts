export * from './annotations';
export * from './exact-json';
export * from './go-duration';
export * from './hook-annotations';
export * from './hook-events';
export * from './hook-policies';
export * from './kube-object';
export * from './lifecycle-error';
