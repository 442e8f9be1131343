import { hookRule } from '../rule';
import { jobSpecOf } from '../subject';

/** Seconds in which a watch that was interrupted is there again. */
const ENOUGH = 10;

/** A Job that is deleted as soon as it has finished. */
export const ttlTooShort = hookRule({
  id: 'ttl-too-short',
  severity: 'error',
  title: 'A Job that is deleted as soon as it has finished',
  why: 'Kubernetes deletes the Job while Helm still waits for it: Helm 4 then waits until its timeout and fails, Helm 3 takes it for done, whatever became of it, and its logs are gone.',
  check: (hook) => {
    const ttl = jobSpecOf(hook)?.ttlSecondsAfterFinished;
    if (typeof ttl !== 'number' || ttl >= ENOUGH) return [];
    return [{
      message: `spec.ttlSecondsAfterFinished is ${ttl}: the Job may be gone before its verdict is read`,
      remedy: 'Remove it and let helm.sh/hook-delete-policy delete the Job, or set it to minutes.',
      path: ['spec', 'ttlSecondsAfterFinished'],
    }];
  },
});
