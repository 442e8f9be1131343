import { randomBytes } from 'node:crypto';
import { kubectl } from './kubectl';
import { waitUntil } from './wait';

/** Creates a namespace for one case and waits until pods can be created in it. */
export async function createNamespace(prefix: string): Promise<string> {
  const name = `${prefix}-${randomBytes(3).toString('hex')}`;
  await kubectl(['create', 'namespace', name]);
  // A pod needs both: without the ConfigMap its kubelet retries the mount, seconds later.
  const present = async () => (await kubectl(['get', 'serviceaccount/default', 'configmap/kube-root-ca.crt', '--ignore-not-found', '-o', 'name'], { namespace: name })).trim();
  await waitUntil(`namespace ${name} has its ServiceAccount and its ConfigMap`, async () => (await present()).split('\n').length === 2, { seconds: 30 });
  return name;
}

/** Lets a namespace admit only what the restricted Pod Security profile allows. */
export async function restrict(namespace: string): Promise<void> {
  await kubectl(['label', 'namespace', namespace, 'pod-security.kubernetes.io/enforce=restricted']);
}

/** Deletes a namespace; what is in it goes in the background. */
export async function deleteNamespace(name: string): Promise<void> {
  await kubectl(['delete', 'namespace', name, '--wait=false', '--ignore-not-found']);
}

/** Runs a case in a namespace of its own, which goes away with it. */
export async function withNamespace<T>(prefix: string, work: (namespace: string) => Promise<T>): Promise<T> {
  const namespace = await createNamespace(prefix);
  try {
    return await work(namespace);
  } finally {
    await deleteNamespace(namespace);
  }
}
