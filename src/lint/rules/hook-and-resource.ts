import { describeSubject } from '../finding';
import { hookRule } from '../rule';
import { Subject, isTemplate, shareNamespace } from '../subject';

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

/** One object as a hook and as a resource. */
export const hookAndResource = hookRule({
  id: 'hook-and-resource',
  severity: 'error',
  title: 'One object as a hook and as a resource',
  why: 'Helm 3 fails with "already exists" after the hook has run; Helm 4 turns the object of the hook into the resource. Either way one of the two is lost.',
  check: (hook, release) => {
    if (hook.name === '' || isTemplate(hook.name)) return [];
    const { apiVersion, kind } = hook.object;
    const isResource = ({ hook: itsHook, undecided }: Subject) => !itsHook && !undecided;
    const isIt = (other: Subject) => isResource(other) && other.object.kind === kind && shareNamespace(hook, other);
    const isSame = release.named(hook.name).some((other) => isIt(other) && groupOf(other.object.apiVersion) === groupOf(apiVersion));
    return isSame ? [{ message: `${describeSubject(hook)} is a resource of the release, too`, remedy: 'Give one of the two another name, or remove it.', path: ['metadata', 'name'] }] : [];
  },
});
