export * from './engine';
export * from './table';
