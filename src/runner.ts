/* The engine for programs: releases as values, the lifecycle, clusters and reports. Plain TypeScript, no part of the jsii assembly. */
export * from './vocabulary';
export * from './release';
export * from './cluster';
export * from './cluster/kubernetes';
export * from './cluster/simulated';
export * from './lifecycle';
export * from './report';
