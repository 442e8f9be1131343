import { hookRule } from '../rule';

/** Kinds that run for ever, or start something at their own times. */
const RUNNING: Readonly<Record<string, string>> = {
  Deployment: 'apps/', StatefulSet: 'apps/', DaemonSet: 'apps/', ReplicaSet: 'apps/', ReplicationController: 'v1', CronJob: 'batch/',
};

/** A workload without an end as a hook. */
export const neverCompletes = hookRule({
  id: 'never-completes',
  severity: 'warning',
  title: 'A workload without an end as a hook',
  why: 'Helm waits for Jobs and Pods only: it goes on before this one runs, and no uninstall removes it.',
  check: ({ object: { apiVersion, kind } }) => {
    if (!Object.hasOwn(RUNNING, kind) || !apiVersion.startsWith(RUNNING[kind])) return [];
    return [{ message: `a ${kind} as a hook: Helm does not wait for it, and does not remove it with the release`, remedy: 'Make it a resource; for work that ends, use a Job.', path: ['kind'] }];
  },
});
