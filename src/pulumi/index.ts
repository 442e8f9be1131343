/* Hooks inside Pulumi stacks. Plain TypeScript, no part of the jsii assembly; what it needs beyond this package is looked for first. */
import './peers';

export type { BracketConnection, RanHook } from './bracket-state';
export * from './connection';
export * from './hooked-release';
export * from './import-chart';
export { type LateType, late } from './late';
export type { Await } from './managed-object';
export type { RestoredObject } from './restore';
