import { Chart } from 'cdk8s';
import { DeletePolicy, HookEvent, HookJob } from 'cdk8s-lifecycle';

const { BEFORE_HOOK_CREATION, HOOK_SUCCEEDED, HOOK_FAILED } = DeletePolicy;

/** "Hook Deletion Policies": without `BEFORE_HOOK_CREATION`, the name must be a new one with every revision, or the hook could run once. */
export function addDeletePolicies(chart: Chart): void {
  const add = (id: string, deletePolicies: DeletePolicy[]) => {
    const name = deletePolicies.includes(BEFORE_HOOK_CREATION) ? `webapp-${id}` : `webapp-${id}-{{ .Release.Revision }}`;
    const image = 'docker.io/library/busybox:1.35';
    const hook = new HookJob(chart, id, { name, on: [HookEvent.POST_UPGRADE], image, user: 65534, command: ['echo', id], deletePolicies });
    if (deletePolicies.includes(BEFORE_HOOK_CREATION)) return;
    hook.job.metadata.addAnnotation('cdk8s-lifecycle/lint-ignore', 'no-before-hook-creation: its name is another one with every revision');
  };
  add('replaced', [BEFORE_HOOK_CREATION]);
  add('gone-when-succeeded', [HOOK_SUCCEEDED]);
  add('gone-when-failed', [HOOK_FAILED]);
  add('replaced-or-gone', [BEFORE_HOOK_CREATION, HOOK_SUCCEEDED]);
}
