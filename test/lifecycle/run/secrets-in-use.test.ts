import { SecretsInUse } from '../../../src/lifecycle/run/secrets-in-use';
import { job, object, withMetadata } from '../../release/manifests';
import { FaultyCluster } from './faulty-cluster';

const using = (...names: readonly string[]) => {
  const spec = { containers: [{ name: 'main', envFrom: names.map((name) => ({ secretRef: { name } })) }] };
  return job('m', undefined, { template: { spec } });
};
const secret = (name: string, value: string, namespace = 'shop') => withMetadata(object('v1', 'Secret', name, { data: { a: Buffer.from(value).toString('base64') } }), { namespace });

async function open() {
  const cluster = new FaultyCluster();
  for (const name of ['shop', 'other']) await cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  return { cluster, secrets: new SecretsInUse(cluster, { release: 'web', namespace: 'shop' }) };
}

test('values of manifests are known at once, those of live Secrets when they have been read', async () => {
  const { cluster, secrets } = await open();
  await cluster.create(secret('live', 'swordfish'));
  secrets.learn([secret('ours', 'password'), using('live')]);
  expect(secrets.mask('password, swordfish')).toBe('***, swordfish');
  expect(await secrets.read()).toEqual([]);
  expect(secrets.mask('password, swordfish')).toBe('***, ***');
});

test('a Secret that is not there yet is looked for again, and one that was read is not', async () => {
  const { cluster, secrets } = await open();
  const get = jest.spyOn(cluster, 'get');
  secrets.learn([using('later'), using('later')]);
  await secrets.read();
  await cluster.create(secret('later', 'swordfish'));
  await secrets.read();
  await secrets.read();
  expect([secrets.mask('swordfish'), get.mock.calls.length]).toEqual(['***', 2]);
});

test('a Secret is read where the object that uses it is', async () => {
  const { cluster, secrets } = await open();
  await cluster.create(secret('a', 'swordfish', 'other'));
  await cluster.create(secret('a', 'password', 'shop'));
  secrets.learn([withMetadata(using('a'), { namespace: 'other' })]);
  await secrets.read();
  expect(secrets.mask('swordfish, password')).toBe('***, password');
});

test('Secrets that cannot be read are named in one warning, once', async () => {
  const { cluster, secrets } = await open();
  cluster.refuse('get', /^Secret/);
  secrets.learn([using('one', 'two')]);
  expect(await secrets.read()).toEqual(['Values of Secret/one, Secret/two are not masked: cannot get Secret/one: it was refused']);
  expect(await secrets.read()).toEqual([]);
});

test('names of the release and of its objects are not masked, whatever the Secrets hold', async () => {
  const { secrets } = await open();
  secrets.learn([secret('webapp-db', 'webapp'), using('credentials')]);
  expect(secrets.mask('Secret/webapp-db of webapp')).toBe('Secret/webapp-db of ***');
});

test('more values than can be looked for are told once', async () => {
  const { secrets } = await open();
  secrets.learn(Array.from({ length: 13 }, (_, index) => secret(`s${index}`, `${'x'.repeat(1024 * 1024)}${index}`)));
  const warning = 'The Secrets of the release hold more than can be looked for: some of their values are not masked';
  expect([await secrets.read(), await secrets.read()]).toEqual([[warning], []]);
});
