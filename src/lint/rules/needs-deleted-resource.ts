import { resourceNamed, pathOfReference } from '../named';
import { hookRule } from '../rule';

/** A post-delete hook that needs a resource of the same release. */
export const needsDeletedResource = hookRule({
  id: 'needs-deleted-resource',
  severity: 'error',
  title: 'A post-delete hook that needs a resource of the same release',
  why: 'At post-delete the resources of the release are gone. The Pod of this hook cannot start, so the uninstall waits until its timeout, and fails.',
  check: (hook, release) => {
    if (!hook.hook.events.includes('post-delete')) return [];
    return hook.needs.flatMap((each) => {
      const resource = resourceNamed(each, hook, release);
      // With any resource policy, known or not, an uninstall leaves the object: pkg/action/resource_policy.go.
      if (!resource || resource.annotations['helm.sh/resource-policy'] !== undefined) return [];
      return [{
        message: `at post-delete it needs ${each.kind}/${each.name}, which is a resource of the release and gone by then`,
        remedy: `Run the hook at pre-delete, or ${each.kind === 'PersistentVolumeClaim' ? 'keep the claim with helm.sh/resource-policy: keep' : `make ${each.kind}/${each.name} a hook of post-delete with a lower weight`}.`,
        path: pathOfReference(hook, each),
      }];
    });
  },
});
