export { AccessCheck } from './access-check';
export { ForbiddenError } from './forbidden-error';
export * from './foresee';
export { releaseNeeds, stopNeeds } from './needs';
export * from './permission';
export * from './release-permissions';
export * from './resolve';
export * from './role';
