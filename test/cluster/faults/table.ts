import { Fault } from './fault';
import { OperationName } from './shop';
import { Trial } from './trial';

const BUSY: Fault = { kind: 'answer', status: 429, retryAfter: 1 };
const CONFLICT: Fault = { kind: 'answer', status: 409 };
const ERROR: Fault = { kind: 'answer', status: 500 };
const UNAVAILABLE: Fault = { kind: 'answer', status: 503 };
const LOST: Fault = { kind: 'lost-answer', status: 504 };
const DROP_BEFORE: Fault = { kind: 'drop', when: 'before' };
const DROP_AFTER: Fault = { kind: 'drop', when: 'after' };
const WATCH_ENDS: Fault = { kind: 'watch-ends' };
const WATCH_GONE: Fault = { kind: 'watch-gone' };
const LATE: Fault = { kind: 'delay', milliseconds: 3000 };
const KILL_BEFORE: Fault = { kind: 'kill', when: 'before' };
const KILL_AFTER: Fault = { kind: 'kill', when: 'after' };

function trial(operation: OperationName, request: string, fault: Fault, number = 1): Trial {
  return { operation, request, fault, number };
}

/** The 40 faults: a request of an operation, and what happens to it. */
export const FAULTS: readonly Trial[] = [
  trial('install', 'discover batch/v1', UNAVAILABLE),
  trial('install', 'create leases', BUSY),
  trial('install', 'create leases', DROP_AFTER),
  trial('install', 'list secrets', DROP_BEFORE),
  trial('install', 'create record pending-install', UNAVAILABLE),
  trial('install', 'create record pending-install', DROP_AFTER),
  trial('install', 'create journal', LOST),
  trial('install', 'create jobs', BUSY),
  trial('install', 'create jobs', LOST),
  trial('install', 'create jobs', DROP_BEFORE),
  trial('install', 'apply configmaps', ERROR),
  trial('install', 'apply services', DROP_AFTER),
  trial('install', 'update record deployed', LOST),
  trial('upgrade', 'get leases', LATE),
  trial('upgrade', 'update leases', CONFLICT),
  trial('upgrade', 'list secrets', BUSY),
  trial('upgrade', 'create record pending-upgrade', ERROR),
  trial('upgrade', 'watch jobs', WATCH_ENDS),
  trial('upgrade', 'watch jobs', WATCH_GONE),
  trial('upgrade', 'watch pods', WATCH_GONE),
  trial('upgrade', 'watch pods', DROP_BEFORE),
  trial('upgrade', 'delete jobs', DROP_AFTER),
  trial('upgrade', 'create jobs', DROP_AFTER),
  trial('upgrade', 'patch jobs', CONFLICT),
  trial('upgrade', 'patch jobs', UNAVAILABLE),
  trial('upgrade', 'update journal', CONFLICT),
  trial('upgrade', 'update journal', DROP_AFTER, 2),
  trial('upgrade', 'apply deployments', CONFLICT),
  trial('upgrade', 'apply deployments', LATE),
  trial('upgrade', 'update record superseded', CONFLICT),
  trial('upgrade', 'update record superseded', DROP_BEFORE),
  trial('rollback', 'create record pending-rollback', LOST),
  trial('rollback', 'update record pending-rollback', DROP_AFTER),
  trial('rollback', 'delete configmaps', ERROR),
  trial('rollback', 'update record deployed', UNAVAILABLE),
  trial('rollback', 'delete leases', DROP_BEFORE),
  trial('uninstall', 'update record uninstalling', BUSY),
  trial('uninstall', 'delete services', DROP_AFTER),
  trial('uninstall', 'delete configmaps', UNAVAILABLE, 2),
  trial('uninstall', 'delete record', LOST),
];

/** The 12 points at which the process is killed. */
export const KILLS: readonly (Trial & { readonly point: string })[] = [
  { point: 'after the Lease', ...trial('install', 'create leases', KILL_AFTER) },
  { point: 'after the record', ...trial('install', 'create record pending-install', KILL_AFTER) },
  { point: 'after the name of a hook is in the journal', ...trial('upgrade', 'create jobs', KILL_BEFORE) },
  { point: "between the hook's POST and the journal's UID", ...trial('upgrade', 'create jobs', KILL_AFTER) },
  { point: 'while a hook Job runs', ...trial('upgrade', 'update journal', KILL_AFTER, 2), slow: true },
  { point: 'in the middle of the apply', ...trial('upgrade', 'apply services', KILL_AFTER) },
  { point: 'between deployed and superseded', ...trial('upgrade', 'update record superseded', KILL_BEFORE) },
  { point: 'before what is gone from the manifests is deleted', ...trial('rollback', 'delete configmaps', KILL_BEFORE) },
  { point: 'after the post hook was made', ...trial('rollback', 'create jobs', KILL_AFTER, 2) },
  { point: 'in a pre-delete hook', ...trial('uninstall', 'create jobs', KILL_AFTER) },
  { point: 'before the records go', ...trial('uninstall', 'delete record', KILL_BEFORE) },
  { point: 'when the first of two records has gone', ...trial('uninstall', 'delete record', KILL_AFTER) },
];
