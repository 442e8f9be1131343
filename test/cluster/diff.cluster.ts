import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ObjectDifference, ReleaseDifference } from '../../src/lifecycle';
import { Ran, lifecycle, runProgram, succeeded } from './cli';
import { TestCluster, testCluster } from './cluster';
import { kubectl } from './kubectl';
import { createNamespace, deleteNamespace } from './namespace';

/* What `diff` says on a real API server, with its defaults and its validation; and that no value of a Secret is in anything it says. */

const CANARIES = ['canary-5d1e-one', 'canary-5d1e-two'];
const KEEP = { annotations: { 'helm.sh/resource-policy': 'keep' } };

type Fields = Readonly<Record<string, unknown>>;

function object(apiVersion: string, kind: string, name: string, fields: Fields = {}, metadata: Fields = {}): Fields {
  return { apiVersion, kind, metadata: { name, ...metadata }, ...fields };
}

const configMap = (name: string, data: Fields = {}, metadata: Fields = {}) => object('v1', 'ConfigMap', name, { data }, metadata);
const secret = (password: string) => object('v1', 'Secret', 'creds', { stringData: { password, user: 'app' } });
const hookSecret = (token: string) => object('v1', 'Secret', 'early', { stringData: { token } }, { annotations: { 'helm.sh/hook': 'pre-upgrade' } });
const service = (type: string) => object('v1', 'Service', 'web', { spec: { type, selector: { app: 'web' }, ports: [{ port: 80 }] } });

function deployment(app: string, image = 'web:1'): Fields {
  const template = { metadata: { labels: { app } }, spec: { nodeName: 'fake', containers: [{ name: 'web', image }] } };
  return object('apps/v1', 'Deployment', 'web', { spec: { replicas: 1, selector: { matchLabels: { app } }, template } });
}

const FIRST = [
  configMap('settings', { a: '1', gone: '1' }), configMap('old'), configMap('kept', {}, KEEP), secret(CANARIES[0]), deployment('web'), service('ClusterIP'),
  hookSecret(CANARIES[0]),
];

let cluster: TestCluster;
let namespace: string;
let folder: string;
let said = '';

beforeAll(async () => {
  cluster = await testCluster();
  namespace = await createNamespace('diff');
  folder = mkdtempSync(join(tmpdir(), 'diff-'));
  succeeded(await run('install', FIRST));
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await deleteNamespace(namespace);
});

async function run(command: string, objects: readonly Fields[], ...flags: readonly string[]): Promise<Ran> {
  const path = join(folder, 'app.yaml');
  writeFileSync(path, objects.map((each) => JSON.stringify(each)).join('\n---\n'));
  const ran = await lifecycle([command, 'web', path, '-n', namespace, ...flags], { env: { KUBECONFIG: cluster.kubeconfig } });
  said += ran.stdout + ran.stderr;
  return ran;
}

const diff = async (...objects: readonly Fields[]) => JSON.parse(succeeded(await run('diff', objects, '-o', 'json'))) as ReleaseDifference;

function of({ resources }: ReleaseDifference, kind: string, name: string): ObjectDifference {
  const found = resources.find((each) => each.object.kind === kind && each.object.name === name);
  if (!found) throw new Error(`the difference says nothing of ${kind}/${name}`);
  return found;
}

const words = ({ resources }: ReleaseDifference) => resources.map(({ change, object: { kind, name } }) => `${change} ${kind}/${name}`);

test('of what was just installed nothing differs, whatever the server has filled in', async () => {
  const { code, stdout } = await run('diff', FIRST, '--detailed-exitcode');
  expect([code, stdout]).toEqual([
    0, `upgrade web, namespace ${namespace}: revision 1 -> 2\n\nresources: 6 unchanged\nhooks: 1 unchanged\n`,
  ]);
});

test('what changes, comes, goes and is kept', async () => {
  const objects = [configMap('settings', { a: '2' }), configMap('new', { x: '1' }), secret(CANARIES[0]), deployment('web', 'web:2'), service('ClusterIP')];
  const { code, stdout } = await run('diff', objects, '--detailed-exitcode');
  expect(code).toBe(2);
  expect(stdout).toContain("~ ConfigMap/settings\n--- live\n+++ revision 2\n@@ -1,7 +1,6 @@\n apiVersion: v1\n data:\n-  a: '1'\n-  gone: '1'\n+  a: '2'\n kind: ConfigMap\n");
  expect(stdout).toContain('+ ConfigMap/new\n--- /dev/null\n+++ revision 2\n');
  expect(stdout).toContain('- ConfigMap/old\n--- live\n+++ /dev/null\n');
  expect(stdout).toContain('  ConfigMap/kept  (stays: helm.sh/resource-policy: keep)\n');
  expect(stdout).toMatch(/\n-.*image: web:1\n\+.*image: web:2\n/);
  expect(stdout).toMatch(/resources: 1 created, 2 changed, 1 deleted, 1 kept, 2 unchanged\nhooks: 1 removed\n$/);
  expect(await kubectl(['get', 'configmap', 'old', 'settings', '-n', namespace, '-o', 'jsonpath={.items[*].data.a}'])).toBe('1');
});

test('drift is seen: a field of ours that somebody else has taken would be refused, one that they have deleted comes back', async () => {
  await kubectl(['patch', 'configmap', 'settings', '-n', namespace, '--type=merge', '-p', '{"data":{"a":"drifted","theirs":"1"}}']);
  const taken = of(await diff(...FIRST), 'ConfigMap', 'settings');
  expect([taken.change, taken.refusal]).toEqual(['changed', expect.stringContaining('conflict')]);
  expect([taken.before, taken.after]).toEqual([expect.stringContaining('a: drifted'), expect.stringContaining("a: '1'")]);
  await kubectl(['patch', 'configmap', 'settings', '-n', namespace, '--type=merge', '-p', '{"data":{"a":null}}']);
  const deleted = of(await diff(...FIRST), 'ConfigMap', 'settings');
  expect([deleted.change, deleted.refusal]).toEqual(['changed', undefined]);
  expect([deleted.before!.includes("a: '1'"), deleted.after!.includes("a: '1'"), deleted.after!.includes("theirs: '1'")]).toEqual([false, true, true]);
});

test('a changed Secret is told without its values, as resource and as hook', async () => {
  const found = await diff(...FIRST.slice(0, 3), secret(CANARIES[1]), ...FIRST.slice(4, 6), hookSecret(CANARIES[1]));
  const { change, before, after } = of(found, 'Secret', 'creds');
  expect([change, before, after]).toEqual(['changed', expect.stringMatching(/password: '\*\*\*'\n {2}user: '\*\*\*'/), expect.stringMatching(/password: '\*\*\* \(changed\)'\n {2}user: '\*\*\*'/)]);
  expect(found.hooks).toMatchObject([{ hook: { kind: 'Secret', name: 'early' }, change: 'changed', after: expect.stringContaining("'*** (changed)'") }]);
});

test('an immutable field is refused, with the reason and what the manifest says', async () => {
  const { change, refusal, before, after } = of(await diff(...FIRST.slice(0, 4), deployment('other'), service('ClusterIP')), 'Deployment', 'web');
  expect([change, refusal]).toEqual(['changed', expect.stringContaining('field is immutable')]);
  expect([before, after]).toEqual([expect.stringContaining('app: web'), expect.stringContaining('app: other')]);
  expect(before).not.toContain('progressDeadlineSeconds'); // a default, which no manifest states
});

test('a kind and a namespace that are not there yet are told', async () => {
  const found = await diff(...FIRST.slice(0, 6), object('example.com/v1', 'Gadget', 'g'), configMap('far', {}, { namespace: 'there-is-none' }));
  expect(of(found, 'Gadget', 'g')).toMatchObject({ change: 'created', refusal: expect.stringContaining('the cluster has no kind Gadget') });
  expect(of(found, 'ConfigMap', 'far')).toMatchObject({ change: 'created', refusal: expect.stringContaining('"there-is-none" not found') });
});

test('what the server makes up each time is no part of it: the same question has the same answer', async () => {
  const job = object('batch/v1', 'Job', 'work', { spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'x' }] } } } });
  const objects = [...FIRST.slice(0, 5), { ...service('NodePort'), metadata: { name: 'another' } }, job];
  const first = await diff(...objects);
  expect(await diff(...objects)).toEqual(first);
  expect(of(first, 'Service', 'another').after).not.toMatch(/clusterIP:|nodePort:/);
  expect(of(first, 'Job', 'work').after).not.toContain('controller-uid');
  expect(words(first)).toContain('created Job/work');
});

describe.each([{ helm: 'helm3' as const }, { helm: 'helm4' as const }])('of a release that $helm installed', ({ helm }) => {
  const release = `of-${helm}`;
  const MANIFESTS = [configMap(`${helm}-settings`, { a: '1', gone: '1' }), configMap(`${helm}-same`, { x: '1' })];
  const theirs = async (objects: readonly Fields[]) => {
    const path = join(folder, `${helm}.yaml`);
    writeFileSync(path, objects.map((each) => JSON.stringify(each)).join('\n---\n'));
    const ran = await lifecycle(['diff', release, path, '-n', namespace, '-o', 'json'], { env: { KUBECONFIG: cluster.kubeconfig } });
    return JSON.parse(succeeded(ran)) as ReleaseDifference;
  };

  beforeAll(async () => {
    const chart = mkdtempSync(join(folder, `${helm}-`));
    symlinkSync(cluster[helm], join(chart, 'helm')); // the base name of the binary is Helm's field manager
    const templates = join(chart, 'chart', 'templates');
    mkdirSync(templates, { recursive: true });
    writeFileSync(join(chart, 'chart', 'Chart.yaml'), 'apiVersion: v2\nname: web\nversion: 1.0.0\n');
    writeFileSync(join(templates, 'all.yaml'), MANIFESTS.map((each) => JSON.stringify(each)).join('\n---\n'));
    succeeded(await runProgram(join(chart, 'helm'), ['install', release, join(chart, 'chart'), '-n', namespace], { env: { KUBECONFIG: cluster.kubeconfig } }));
  });

  test('nothing differs, and a field that changes or goes is seen', async () => {
    expect(words(await theirs(MANIFESTS))).toEqual([`unchanged ConfigMap/${helm}-settings`, `unchanged ConfigMap/${helm}-same`]);
    const { change, refusal, before, after } = of(await theirs([configMap(`${helm}-settings`, { a: '2' }), MANIFESTS[1]]), 'ConfigMap', `${helm}-settings`);
    expect([change, refusal]).toEqual(['changed', undefined]);
    expect([before, after].map((text) => text!.split('kind')[0])).toEqual(["apiVersion: v1\ndata:\n  a: '1'\n  gone: '1'\n", "apiVersion: v1\ndata:\n  a: '2'\n"]);
  });

  test('a field that somebody else has taken would be refused, and only that', async () => {
    await kubectl(['patch', 'configmap', `${helm}-settings`, '-n', namespace, '--type=merge', '-p', '{"data":{"a":"drifted"}}']);
    const changed = [configMap(`${helm}-settings`, { a: '2', gone: '2' }), MANIFESTS[1]];
    expect(of(await theirs(changed), 'ConfigMap', `${helm}-settings`).refusal).toMatch(/conflict.* "kubectl-patch"/s);
  });
});

test('no value of a Secret is in anything that was said', () => {
  expect(said).toContain('***');
  for (const canary of CANARIES) {
    for (const form of [canary, Buffer.from(canary).toString('base64')]) expect(said).not.toContain(form);
  }
});
