import { hookRule } from '../rule';
import { isTemplate, jobSpecOf, podPathOf } from '../subject';

/** A Job or Pod that is restarted for ever. */
export const restartPolicy = hookRule({
  id: 'restart-policy',
  severity: 'error',
  title: 'A Job or Pod that is restarted for ever',
  why: 'The default is `Always`: the API server refuses a Job with it, and a Pod with it never ends, so Helm waits for it until its timeout.',
  check: (hook) => {
    const pod = hook.pod;
    if (!pod || isTemplate(pod.restartPolicy)) return [];
    const { restartPolicy: policy = 'Always' } = pod;
    if (policy !== 'Always' && policy !== null) return [];
    const fate = jobSpecOf(hook) ? 'which the API server refuses in a Job' : 'so the Pod never ends';
    return [{
      message: `restartPolicy is Always${pod.restartPolicy === undefined ? ' by default' : ''}, ${fate}`,
      remedy: 'Write restartPolicy: Never.',
      path: [...podPathOf(hook), 'restartPolicy'],
    }];
  },
});
