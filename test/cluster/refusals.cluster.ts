import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRecordSecret, recordSecret, withStatus } from '../../src/release';
import { KubeObject } from '../../src/vocabulary';
import { lifecycle } from './cli';
import { testCluster } from './cluster';
import { kubectl } from './kubectl';
import { createNamespace, deleteNamespace } from './namespace';

/* What the API server refuses comes out as one sentence with the object and the remedy, and nothing was touched. */

let namespace: string;
let folder: string;

beforeAll(async () => {
  namespace = await createNamespace('refusals');
  folder = mkdtempSync(join(tmpdir(), 'refusals-'));
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await deleteNamespace(namespace);
});

async function run(...args: string[]) {
  return lifecycle([...args, '-n', namespace], { env: { KUBECONFIG: (await testCluster()).kubeconfig } });
}

function manifest(name: string, object: object): string {
  const path = join(folder, `${name}.yaml`);
  writeFileSync(path, JSON.stringify(object));
  return path;
}

const records = () => kubectl(['get', 'secret', '-n', namespace, '-o', 'name', '-l', 'owner=helm']);

test('a user without rights is told the verb and the kind', async () => {
  const { kubeconfig } = await testCluster();
  const config = JSON.parse(await kubectl(['config', 'view', '--raw', '-o', 'json', '--kubeconfig', kubeconfig])) as { users: { user: object }[] };
  const token = (await kubectl(['create', 'token', 'default', '-n', namespace])).trim();
  const path = manifest('kubeconfig', { ...config, users: config.users.map((user) => ({ ...user, user: { token } })) });
  const { code, stderr } = await lifecycle(['status', 'web', '-n', namespace, '--kubeconfig', path]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^error: cannot list objects of kind Secret in namespace .*forbidden/);
  expect(stderr).toContain('Grant "list" on it to the user of this kubeconfig.');
});

test('an object of somebody else stops the operation before anything is written', async () => {
  await kubectl(['create', 'configmap', 'foreign', '-n', namespace]);
  const { code, stdout } = await run('install', 'web', manifest('foreign', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'foreign' } }));
  expect(code).toBe(1);
  expect(stdout).toContain('ConfigMap/foreign exists already and does not belong to release "web"');
  expect(stdout).toContain('Nothing was changed.');
  expect(await records()).toBe('');
});

test('a kind that the cluster does not serve stops the operation before anything is written', async () => {
  const { code, stdout } = await run('install', 'web', manifest('kind', { apiVersion: 'example.com/v1', kind: 'Gadget', metadata: { name: 'g' } }));
  expect(code).toBe(1);
  expect(stdout).toContain('the cluster has no kind Gadget in example.com/v1');
  expect(await records()).toBe('');
});

test('a namespace that does not exist is named, with the flag that would create it', async () => {
  const { kubeconfig } = await testCluster();
  const file = manifest('fine', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'fine' } });
  const { code, stdout } = await lifecycle(['install', 'web', file, '-n', 'there-is-none', '--kubeconfig', kubeconfig]);
  expect(code).toBe(1);
  expect(stdout).toContain('There is no namespace "there-is-none"');
  expect(stdout).toContain('--create-namespace');
});

test('a field that the schema does not know fails the release, and names the field', async () => {
  const { code, stdout } = await run('install', 'typo', manifest('typo', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'typo' }, dta: { a: 'b' } }));
  expect(code).toBe(1);
  expect(stdout).toContain('dta');
});

/** Leaves revision 1 of a release as a tool leaves it that was killed. */
async function killed(release: string): Promise<string> {
  const file = manifest(release, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: release } });
  expect((await run('install', release, file)).code).toBe(0);
  const secret = JSON.parse(await kubectl(['get', 'secret', `sh.helm.release.v1.${release}.v1`, '-n', namespace, '-o', 'json'])) as KubeObject;
  const stored = readRecordSecret(secret);
  const pending = recordSecret({ ...stored, record: withStatus(stored.record, 'pending-upgrade') }, new Date());
  await kubectl(['replace', '-f', '-'], { input: JSON.stringify(pending) });
  return file;
}

test('a pending revision of helm is exit 3, with the command that ends it', async () => {
  const file = await killed('theirs');
  await kubectl(['delete', 'secret', 'cdk8s-lifecycle.v1.theirs.v1', '-n', namespace]); // helm keeps no journal
  const { code, stderr } = await run('upgrade', 'theirs', file);
  expect(code).toBe(3);
  expect(stderr).toContain('Release "theirs" is locked: revision 1 is pending-upgrade');
  expect(stderr).toContain('uninstall theirs');
});

test('a pending revision of ours is put right, and said so', async () => {
  const { code, stdout } = await run('upgrade', 'ours', await killed('ours'));
  expect([code, stdout.split('\n')[0]]).toEqual([0, 'revision 1 was left pending-upgrade by an operation that died; it is failed now']);
});
