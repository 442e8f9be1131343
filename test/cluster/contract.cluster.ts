import { KubernetesCluster } from '../../src/cluster/kubernetes';
import { testCluster } from './cluster';
import { describeContract } from './contract';
import { createNamespace, deleteNamespace } from './namespace';

describeContract('a real cluster', async () => {
  const cluster = KubernetesCluster.connect({ kubeconfig: (await testCluster()).kubeconfig });
  const namespace = await createNamespace('contract');
  const dispose = async () => {
    cluster.close();
    await deleteNamespace(namespace);
  };
  return { cluster, namespace, dispose };
});
