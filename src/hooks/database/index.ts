export * from './database';
export * from './migration';
