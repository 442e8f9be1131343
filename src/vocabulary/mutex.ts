import { MUTEX } from './annotations';
import { Annotations } from './hook-annotations';

/** What hooks of several releases must not do at the same time, as the Lease that stands for it. */
export interface Mutex {
  readonly namespace: string;
  readonly name: string;
}

/**
 * The namespace of a mutex that names none.
 *
 * It is not that of the release: two releases in two namespaces that name one mutex have to mean the same.
 */
export const MUTEX_NAMESPACE = 'default';

/** Most characters of a name: that of the Lease is longer. */
const LONGEST = 200;

const NAME = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;
const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** What `cdk8s-lifecycle/mutex` says, or why it cannot be read; nothing where it is absent. */
export function readMutex(annotations: Annotations): Mutex | { readonly unreadable: string } | undefined {
  const text = annotations[MUTEX];
  if (text === undefined) return undefined;
  const slash = text.indexOf('/');
  const [namespace, name] = slash < 0 ? [MUTEX_NAMESPACE, text] : [text.slice(0, slash), text.slice(slash + 1)];
  if (!NAMESPACE.test(namespace)) return { unreadable: `"${namespace}" is no name of a namespace` };
  if (name.length > LONGEST || !NAME.test(name)) {
    return { unreadable: `"${name}" is no name: at most ${LONGEST} lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit` };
  }
  return { namespace, name };
}

/** The mutex as people write it. */
export function describeMutex({ namespace, name }: Mutex): string {
  return namespace === MUTEX_NAMESPACE ? name : `${namespace}/${name}`;
}
