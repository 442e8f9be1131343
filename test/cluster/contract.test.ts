import { SimulatedCluster } from '../../src/cluster/simulated';
import { describeContract } from './contract';

describeContract('the simulated cluster', async () => {
  const cluster = new SimulatedCluster({ jobs: { speaks: { logs: ['one', 'two'] } } });
  const names = [undefined, 'yours'].map((name) => ({ name }));
  const denials = [{ verb: 'delete' }, { resource: 'secrets' }, { resource: 'configmaps/status' }, { group: 'example.com' }, ...names, { namespace: 'kube-system' }, { namespace: undefined }];
  return { cluster, namespace: 'default', restricted: new SimulatedCluster({ denials }), dispose: async () => undefined };
});
