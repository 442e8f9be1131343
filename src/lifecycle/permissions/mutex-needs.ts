import { Mutex, ObjectRef } from '../../vocabulary';
import { Need } from './need';

/** The Lease that is a mutex. No release has its lock under such a name. */
export function mutexRef({ namespace, name }: Mutex): ObjectRef {
  return { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', name: `cdk8s-lifecycle-mutex.${name}`, namespace };
}

/** What it takes to hold a mutex. A POST does not say the name in its path, so a rule for it cannot name it either. */
export function mutexNeeds(mutex: Mutex): Need[] {
  const { apiVersion, kind, namespace, name } = mutexRef(mutex);
  return [
    { apiVersion, kind, namespace, name, verbs: ['get', 'list', 'watch', 'update', 'delete'] },
    { apiVersion, kind, namespace, verbs: ['create'] },
  ];
}
