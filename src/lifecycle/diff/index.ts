export * from './compare';
export * from './release-difference';
