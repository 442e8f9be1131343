import { Access } from '../../cluster';
import { LifecycleError } from '../../vocabulary';
import { OperationName } from '../plan';
import { compareVerbs } from './permission';

/** `jobs.batch/migrate in namespace shop`, as kubectl would be asked for it. */
export function describeObjects({ group, resource, namespace, name }: Omit<Access, 'verb'>): string {
  const [plural, part] = resource.split('/');
  const kind = [group === '' ? plural : `${plural}.${group}`, part].filter(Boolean).join('/');
  return `${kind}${name === undefined ? '' : ` "${name}"`} ${namespace === undefined ? 'in the whole cluster' : `in namespace ${namespace}`}`;
}

function lines(denied: readonly Access[]): string[] {
  const byObjects = new Map<string, string[]>();
  for (const access of denied) byObjects.set(describeObjects(access), [...(byObjects.get(describeObjects(access)) ?? []), access.verb]);
  return [...byObjects].map(([objects, verbs]) => `  ${verbs.sort(compareVerbs).join(', ')} ${objects}`);
}

/** What is to be done to which release. */
export interface Subject {
  readonly operation: OperationName;
  readonly release: string;
  readonly namespace: string;
}

/** The user may not do all that an operation does; so nothing of it was done. */
export class ForbiddenError extends LifecycleError {
  readonly denied: readonly Access[];

  constructor({ operation, release, namespace }: Subject, denied: readonly Access[]) {
    super('forbidden', [`The user of this kubeconfig may not do all that this ${operation} of release "${release}" does; it lacks`, ...lines(denied)].join('\n'), {
      remedy: `Nothing was touched. Let somebody who may grant it: cdk8s-lifecycle rbac ${release} … -n ${namespace} | kubectl apply -f -`,
    });
    this.denied = denied;
  }
}
