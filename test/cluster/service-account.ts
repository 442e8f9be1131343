import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testCluster } from './cluster';
import { kubectl } from './kubectl';

/** A ServiceAccount, and a kubeconfig with which a program is it. */
export interface Account {
  readonly kubeconfig: string;
  /** The name by which the audit log knows it. */
  readonly user: string;
}

/** Makes a ServiceAccount that may do nothing, and its kubeconfig in a folder. */
export async function createServiceAccount(name: string, namespace: string, folder: string): Promise<Account> {
  await kubectl(['create', 'serviceaccount', name], { namespace });
  const token = (await kubectl(['create', 'token', name], { namespace })).trim();
  const { kubeconfig } = await testCluster();
  const config = JSON.parse(await kubectl(['config', 'view', '--raw', '--output=json', `--kubeconfig=${kubeconfig}`])) as { readonly users: readonly object[] };
  const path = join(folder, `${name}.kubeconfig`);
  writeFileSync(path, JSON.stringify({ ...config, users: config.users.map((user) => ({ ...user, user: { token } })) }), { mode: 0o600 });
  return { kubeconfig: path, user: `system:serviceaccount:${namespace}:${name}` };
}
