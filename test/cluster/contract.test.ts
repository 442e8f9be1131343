import { SimulatedCluster } from '../../src/cluster/simulated';
import { describeContract } from './contract';

describeContract('the simulated cluster', async () => {
  const cluster = new SimulatedCluster({ jobs: { speaks: { logs: ['one', 'two'] } } });
  return { cluster, namespace: 'default', dispose: async () => undefined };
});
