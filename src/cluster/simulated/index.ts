export * from './job-script';
export * from './simulated-cluster';
export * from './virtual-clock';
