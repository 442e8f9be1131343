import { randomBytes } from 'node:crypto';
import { kubectl } from './kubectl';

/** Creates a namespace for one case and waits until pods can be created in it. */
export async function createNamespace(prefix: string): Promise<string> {
  const name = `${prefix}-${randomBytes(3).toString('hex')}`;
  await kubectl(['create', 'namespace', name]);
  // A pod needs both: without the ConfigMap its kubelet retries the mount, seconds later.
  await kubectl(['wait', '--for=create', '--timeout=30s', 'serviceaccount/default', 'configmap/kube-root-ca.crt'], { namespace: name });
  return name;
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
