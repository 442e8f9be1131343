import { Access, ClusterError } from '../../../src/cluster';
import { SimulatedCluster } from '../../../src/cluster/simulated';
import { AccessCheck, Permission } from '../../../src/lifecycle';

const SUBJECT = { operation: 'upgrade', release: 'web', namespace: 'shop' } as const;
const LEASE: Permission = { verb: 'create', group: 'coordination.k8s.io', resource: 'leases', namespace: 'shop' };
const JOB: Permission = { verb: 'delete', group: 'batch', resource: 'jobs', namespace: 'shop', name: 'migrate' };
const LOG: Permission = { verb: 'get', group: '', resource: 'pods/log', namespace: 'shop', otherwise: 'no logs' };
const NODE: Permission = { verb: 'get', group: '', resource: 'nodes' };

function check(...denials: Partial<Access>[]): AccessCheck {
  return new AccessCheck(new SimulatedCluster({ denials }), SUBJECT);
}

test('everything that is missing is told at once, verb by verb, with what to do', async () => {
  const error = await check({}).demand([LEASE, { ...JOB, verb: 'patch' }, JOB, { ...JOB, verb: 'get' }, NODE, LOG]).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    code: 'forbidden',
    message: [
      'The user of this kubeconfig may not do all that this upgrade of release "web" does; it lacks',
      '  create leases.coordination.k8s.io in namespace shop',
      '  get, patch, delete jobs.batch "migrate" in namespace shop',
      '  get nodes in the whole cluster',
    ].join('\n'),
    remedy: 'Nothing was touched. Let somebody who may grant it: cdk8s-lifecycle rbac web … -n shop | kubectl apply -f -',
  });
});

test('what the operation can do without is not demanded', async () => {
  await expect(check({ resource: 'pods/log' }).demand([LOG, JOB])).resolves.toBeUndefined();
});

test('another access may make up for one that is missing', async () => {
  const escalate = { verb: 'escalate', group: 'rbac.authorization.k8s.io', resource: 'roles', namespace: 'shop', name: 'hooks' };
  const permission = { ...NODE, unless: escalate };
  await expect(check({ resource: 'nodes' }).demand([permission])).resolves.toBeUndefined();
  await expect(check({ resource: 'nodes' }, { verb: 'escalate' }).demand([permission])).rejects.toThrow('get nodes in the whole cluster');
});

test('what was granted is not asked for again', async () => {
  const cluster = new SimulatedCluster();
  const denied = jest.spyOn(cluster, 'denied');
  const access = new AccessCheck(cluster, SUBJECT);
  await access.demand([LEASE, JOB]);
  await access.demand([JOB, LEASE]);
  await access.demand([JOB, NODE]);
  expect(denied.mock.calls).toEqual([[[LEASE, JOB]], [[NODE]]]);
});

test('a cluster that answers no such question is told once, and is no obstacle', async () => {
  const cluster = new SimulatedCluster();
  const denied = jest.spyOn(cluster, 'denied').mockRejectedValue(new ClusterError('forbidden', { verb: 'create', target: 'the access review' }, 'no reviews here'));
  const access = new AccessCheck(cluster, SUBJECT);
  expect([await access.demand([LEASE]), await access.demand([JOB])]).toEqual([
    'The rights of the user could not be checked before the operation: cannot create the access review: no reviews here', undefined,
  ]);
  expect(denied).toHaveBeenCalledTimes(1);
});

test('a defect of the program is no answer of the cluster', async () => {
  const cluster = new SimulatedCluster();
  jest.spyOn(cluster, 'denied').mockRejectedValue(new TypeError('x is not a function'));
  await expect(new AccessCheck(cluster, SUBJECT).demand([LEASE])).rejects.toThrow(TypeError);
});
