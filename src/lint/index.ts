export * from './finding';
export * from './lint';
export * from './portability';
export * from './rule';
export * from './rules';
export * from './sarif';
export * from './subject';
export * from './text-report';
