import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KubernetesCluster } from '../../src/cluster/kubernetes';
import { testCluster } from './cluster';
import { describeContract } from './contract';
import { apply } from './kubectl';
import { createNamespace, deleteNamespace } from './namespace';
import { createServiceAccount } from './service-account';

/** A user with the rights that the contract speaks of. */
async function restricted(namespace: string): Promise<KubernetesCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'contract-'));
  const { kubeconfig } = await createServiceAccount('restricted', namespace, folder);
  const metadata = { name: 'restricted' };
  const apiVersion = 'rbac.authorization.k8s.io/v1';
  await apply(
    [
      { apiVersion, kind: 'Role', metadata, rules: [{ apiGroups: [''], resources: ['configmaps'], resourceNames: ['mine'], verbs: ['get', 'patch'] }] },
      {
        apiVersion,
        kind: 'RoleBinding',
        metadata,
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'restricted' },
        subjects: [{ kind: 'ServiceAccount', name: 'restricted', namespace }],
      },
    ],
    namespace,
  );
  const user = KubernetesCluster.connect({ kubeconfig });
  rmSync(folder, { recursive: true }); // it has been read
  return user;
}

describeContract('a real cluster', async () => {
  const cluster = KubernetesCluster.connect({ kubeconfig: (await testCluster()).kubeconfig });
  const namespace = await createNamespace('contract');
  const user = await restricted(namespace);
  const dispose = async () => {
    for (const each of [cluster, user]) each.close();
    await deleteNamespace(namespace);
  };
  return { cluster, namespace, restricted: user, dispose };
});
