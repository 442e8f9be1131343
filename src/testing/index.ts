/* The testing kit, for tests of charts and of their releases. Plain TypeScript, no part of the jsii assembly; it knows no test runner. */
export type { ReportFormat } from '../report';
export type { Fields } from './difference';
export type { FoundHook, Named } from './found-hook';
export * from './hook-outcome';
export * from './hook-selection';
export * from './hooks';
export * from './hooks-of-event';
export type { Manifests } from './manifests';
export { MismatchError } from './mismatch-error';
export type { HookMoment, Moment } from './moment';
export type { CallMoment } from './mortal';
export * from './rehearsal-options';
export * from './rehearsed-operation';
export * from './rehearsed-plan';
export * from './release-plans';
export * from './release-rehearsal';
export type { RehearsedRevision } from './release-state';
