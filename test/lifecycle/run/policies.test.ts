import { KubeObject } from '../../../src/vocabulary';
import { configMap, job, object } from '../../release/manifests';
import { Shop } from '../harness';

const [CREATION, SUCCEEDED, FAILED] = ['before-hook-creation', 'hook-succeeded', 'hook-failed'];
const FAILS = { jobs: { a: { exitCode: 1 } } };
const withPolicies = (policies?: string): KubeObject[] => [job('a', { on: 'pre-install,pre-upgrade', policies }), configMap('r')];

test.each([
  ['no policy', undefined, true, true],
  [CREATION, CREATION, true, true],
  [SUCCEEDED, SUCCEEDED, false, true],
  [FAILED, FAILED, true, false],
  ['creation and success', `${CREATION},${SUCCEEDED}`, false, true],
  ['creation and failure', `${CREATION},${FAILED}`, true, false],
  ['success and failure', `${SUCCEEDED},${FAILED}`, false, false],
  ['all three', `${CREATION},${SUCCEEDED},${FAILED}`, false, false],
])('with %s, the Job of a hook stays as in Helm: after success and failure', async (_case, policies, afterSuccess, afterFailure) => {
  const good = await Shop.open();
  await good.install(withPolicies(policies));
  const bad = await Shop.open(FAILS);
  await bad.install(withPolicies(policies));
  expect([await good.names('Job'), await bad.names('Job')]).toEqual([afterSuccess ? ['a'] : [], afterFailure ? ['a'] : []]);
});

test.each([undefined, CREATION, `${CREATION},${FAILED}`])('with %p, the Job of the last run makes room for that of the next', async (policies) => {
  const shop = await Shop.open();
  await shop.install(withPolicies(policies));
  const before = await shop.get('Job', 'a');
  const { outcome } = await shop.upgrade(withPolicies(policies));
  const after = await shop.get('Job', 'a');
  expect(outcome.status).toBe('succeeded');
  expect(after!.metadata.uid).not.toBe(before!.metadata.uid);
});

test.each([SUCCEEDED, FAILED, `${SUCCEEDED},${FAILED}`])('with %s, a Job that is left over fails the hook and is not touched', async (policies) => {
  const shop = await Shop.open();
  await shop.cluster.create({ ...job('a'), metadata: { name: 'a', namespace: 'shop' } });
  const { outcome, story } = await shop.install(withPolicies(policies));
  expect(outcome).toMatchObject({
    status: 'failed',
    error: {
      code: 'hook-failed',
      message: 'Hook pre-install Job/a failed: Job/a already exists, and the hook has no delete policy before-hook-creation that would remove it (after 0.0 s)',
    },
  });
  expect(story.slice(0, 3)).toEqual(['record 1 pending-install', 'pre-install a started', 'pre-install a failed']);
});

test('hooks that succeeded are deleted after all have, the last one first', async () => {
  const shop = await Shop.open();
  const policies = SUCCEEDED;
  const { story } = await shop.install([
    configMap('script', {}, { on: 'pre-install', weight: 1, policies }),
    job('a', { on: 'pre-install', weight: 2, policies }),
    job('b', { on: 'pre-install', weight: 3 }),
    job('c', { on: 'pre-install', weight: 4, policies }),
    configMap('r'),
  ]);
  expect(story.filter((line) => /deleted|c succeeded/.test(line))).toEqual([
    'pre-install c succeeded',
    'pre-install c deleted by hook-succeeded',
    'pre-install a deleted by hook-succeeded',
    'pre-install script deleted by hook-succeeded',
  ]);
});

test('when the second of two hooks fails, objects are deleted in the sequence 1, 2, 2, 1', async () => {
  const shop = await Shop.open({ jobs: { second: { exitCode: 1 } } });
  const policies = `${CREATION},${SUCCEEDED},${FAILED}`;
  for (const name of ['first', 'second']) await shop.cluster.create({ ...job(name), metadata: { name, namespace: 'shop' } });
  const { outcome, story } = await shop.install([
    job('first', { on: 'pre-install', weight: -5, policies }),
    job('second', { on: 'pre-install', weight: 0, policies }),
    job('third', { on: 'pre-install', weight: 5, policies }),
    configMap('r'),
  ]);
  expect(story.filter((line) => line.includes('deleted by'))).toEqual([
    'pre-install first deleted by before-hook-creation',
    'pre-install second deleted by before-hook-creation',
    'pre-install second deleted by hook-failed',
    'pre-install first deleted by hook-succeeded',
  ]);
  expect(story).not.toContain('pre-install third started');
  expect(outcome.status).toBe('failed');
});

test('a hook that is a CustomResourceDefinition is never deleted', async () => {
  const shop = await Shop.open({ jobs: { fails: { exitCode: 1 } } });
  const spec = { group: 'example.com', scope: 'Namespaced', names: { kind: 'Thing', plural: 'things' }, versions: [{ name: 'v1' }] };
  const definition = object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'things.example.com', { spec }, {
    on: 'pre-install', policies: `${SUCCEEDED},${FAILED},${CREATION}`,
  });
  const { story } = await shop.install([definition, configMap('r')]);
  expect(story.filter((line) => line.includes('things'))).toEqual(['pre-install things.example.com started', 'pre-install things.example.com succeeded']);
  expect(await shop.cluster.list({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' })).toHaveLength(1);
});

test('helm.sh/resource-policy: keep means nothing to a hook', async () => {
  const shop = await Shop.open();
  const hook = job('a', { on: 'pre-install', policies: SUCCEEDED });
  const metadata = { ...hook.metadata, annotations: { ...hook.metadata.annotations, 'helm.sh/resource-policy': 'keep' } };
  await shop.install([{ ...hook, metadata }, configMap('r')]);
  expect(await shop.names('Job')).toEqual([]);
});

test('hook objects carry no mark of the release, resources do', async () => {
  const shop = await Shop.open();
  await shop.install([job('a', { on: 'pre-install' }), configMap('r')]);
  expect((await shop.get('Job', 'a'))!.metadata).not.toHaveProperty('labels');
  expect((await shop.get('ConfigMap', 'r'))!.metadata).toMatchObject({
    labels: { 'app.kubernetes.io/managed-by': 'Helm' },
    annotations: { 'meta.helm.sh/release-name': 'web', 'meta.helm.sh/release-namespace': 'shop' },
  });
});
