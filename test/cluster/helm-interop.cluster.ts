import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lifecycle, runProgram, succeeded } from './cli';
import { TestCluster, testCluster } from './cluster';
import { FAKE_POD } from './fake-pods';
import { kubectl } from './kubectl';
import { createNamespace, deleteNamespace } from './namespace';

/** What changes between the versions of the release: version 2 drops a field and an object. */
const DATA: Readonly<Record<number, Readonly<Record<string, string>>>> = { 1: { a: '1', b: '1' }, 2: { a: '2' }, 3: { a: '3' } };

function manifests(version: number): string {
  const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: DATA[version] };
  const extra = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'extra' }, data: { only: 'version 1' } };
  const hook = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'migrate', annotations: { 'helm.sh/hook': 'post-install,pre-upgrade,pre-rollback,post-delete', 'helm.sh/hook-weight': '-1' } },
    spec: { backoffLimit: 0, template: { spec: { restartPolicy: 'Never', nodeName: 'fake', containers: [{ name: 'main', image: 'migrate:1' }] } } },
  };
  const check = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'check', annotations: { 'helm.sh/hook': 'test', [FAKE_POD.runsFor]: '0s' } },
    spec: { restartPolicy: 'Never', nodeName: 'fake', containers: [{ name: 'main', image: 'check:1' }] },
  };
  return [settings, ...(version === 1 ? [extra] : []), hook, check].map((object) => JSON.stringify(object)).join('\n---\n');
}

const HELMS = [{ helm: 'helm3' as const }, { helm: 'helm4' as const }];

/** What one of the helms and ours can be told about one namespace. */
function workshop(helm: 'helm3' | 'helm4') {
  let cluster: TestCluster;
  let namespace: string;
  let folder: string;

  beforeAll(async () => {
    cluster = await testCluster();
    namespace = await createNamespace(`interop-${helm}`);
    folder = mkdtempSync(join(tmpdir(), 'interop-'));
    symlinkSync(cluster[helm], join(folder, 'helm')); // the base name of the binary is Helm's field manager
  });

  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await deleteNamespace(namespace);
  });

  const env = () => ({ KUBECONFIG: cluster.kubeconfig, HELM_CACHE_HOME: join(folder, 'cache'), HELM_CONFIG_HOME: join(folder, 'config') });
  const ours = async (...args: string[]) => succeeded(await lifecycle([...args, '-n', namespace], { env: env() }));
  const theirs = async (...args: string[]) => succeeded(await runProgram(join(folder, 'helm'), [...args, '-n', namespace], { env: env() }));
  const settings = async () => JSON.parse(await kubectl(['get', 'configmap', 'settings', '-n', namespace, '-o', 'json'])).data as Record<string, string>;
  const configMaps = async () => (await kubectl(['get', 'configmap', '-n', namespace, '-o', 'name'])).split('\n').filter((name) => /settings|extra/.test(name));
  const history = async () =>
    (JSON.parse(await theirs('history', 'web', '-o', 'json')) as { revision: number; status: string }[]).map(({ revision, status }) => [revision, status]);

  function file(version: number): string {
    const path = join(folder, `v${version}.yaml`);
    writeFileSync(path, manifests(version));
    return path;
  }

  function chart(version: number): string {
    const path = join(folder, `chart${version}`);
    mkdirSync(join(path, 'templates'), { recursive: true });
    writeFileSync(join(path, 'Chart.yaml'), `apiVersion: v2\nname: web\nversion: ${version}.0.0\n`);
    writeFileSync(join(path, 'templates', 'all.yaml'), manifests(version));
    return path;
  }

  return { ours, theirs, settings, configMaps, history, file, chart, env, namespace: () => namespace };
}

describe.each(HELMS)('$helm works on a release that we installed', ({ helm }) => {
  const { ours, theirs, settings, configMaps, history, file, chart, env, namespace } = workshop(helm);

  test('it lists it and shows its history, its status, its manifest, its hooks and all of it at once', async () => {
    await ours('install', 'web', file(1));
    const [listed] = JSON.parse(await theirs('list', '-o', 'json')) as { name: string; status: string; chart: string; revision: string }[];
    expect(listed).toMatchObject({ name: 'web', status: 'deployed', chart: 'web-0.0.0', revision: '1' });
    expect(await history()).toEqual([[1, 'deployed']]);
    expect(await theirs('get', 'manifest', 'web')).toContain('"name":"settings"');
    expect(await theirs('get', 'hooks', 'web')).toContain('"name":"migrate"');
    expect(await theirs('status', 'web', '-o', 'json')).toContain('"phase":"Succeeded"');
    expect(await theirs('status', 'web')).toMatch(/^STATUS: deployed\nREVISION: 1$/m);
    const all = await theirs('get', 'all', 'web');
    for (const part of ['NAME: web', 'STATUS: deployed', 'HOOKS:', 'MANIFEST:', '"name":"extra"', '"name":"check"']) expect(all).toContain(part);
    expect(JSON.parse(await theirs('get', 'values', 'web', '--all', '-o', 'json'))).toEqual({});
    expect(JSON.parse(await theirs('get', 'metadata', 'web', '-o', 'json'))).toMatchObject({ name: 'web', revision: 1, status: 'deployed' });
  });

  test('it runs its tests, and our status shows how they ended', async () => {
    expect(await theirs('test', 'web')).toMatch(/^TEST SUITE: +check\n[^]*^Phase: +Succeeded$/m);
    const { hooks } = JSON.parse(await ours('status', 'web', '-o', 'json')) as { hooks: { hook: string; phase: string }[] };
    expect(hooks.map(({ hook, phase }) => [hook, phase]).sort()).toEqual([['Job/migrate', 'Succeeded'], ['Pod/check', 'Succeeded']]);
  });

  test('it upgrades it, and a field and an object that are no longer said are dropped', async () => {
    await theirs('upgrade', 'web', chart(2));
    expect(await settings()).toEqual(DATA[2]);
    expect(await configMaps()).toEqual(['configmap/settings']);
    expect(await history()).toEqual([[1, 'superseded'], [2, 'deployed']]);
  });

  test('it rolls it back to what we installed', async () => {
    await theirs('rollback', 'web', '1');
    expect(await settings()).toEqual(DATA[1]);
    expect(await configMaps()).toEqual(['configmap/extra', 'configmap/settings']);
    expect(await history()).toEqual([[1, 'superseded'], [2, 'superseded'], [3, 'deployed']]);
  });

  test('we go on after it: our upgrade drops the field that its rollback brought back, our rollback brings it back again', async () => {
    await ours('upgrade', 'web', file(3));
    expect(await settings()).toEqual(DATA[3]);
    await ours('rollback', 'web');
    expect(await settings()).toEqual(DATA[1]);
    expect(await history()).toEqual([[1, 'superseded'], [2, 'superseded'], [3, 'superseded'], [4, 'superseded'], [5, 'deployed']]);
  });

  test('it uninstalls it, and nothing is left', async () => {
    await theirs('uninstall', 'web');
    expect(await configMaps()).toEqual([]);
    const { code, stderr } = await lifecycle(['history', 'web', '-n', namespace()], { env: env() });
    expect([code, stderr]).toEqual([1, `error: There is no release "web" in namespace ${namespace()}\n  Name the right namespace with -n.\n`]);
  });
});

describe.each(HELMS)('we work on a release that $helm installed', ({ helm }) => {
  const { ours, theirs, settings, configMaps, history, chart, namespace } = workshop(helm);

  test('our history and our status say what its own say', async () => {
    await theirs('install', 'web', chart(1));
    await theirs('upgrade', 'web', chart(2));
    const rows = async (program: typeof ours) =>
      (JSON.parse(await program('history', 'web', '-o', 'json')) as Record<string, unknown>[]).map(({ revision, status, chart: name, description }) => [revision, status, name, description]);
    expect(await rows(ours)).toEqual(await rows(theirs));
    const status = JSON.parse(await ours('status', 'web', '-o', 'json')) as { hooks: { hook: string }[]; resources: string[] };
    expect(status).toMatchObject({ name: 'web', revision: 2, status: 'deployed', description: 'Upgrade complete', resources: ['ConfigMap/settings'] });
    expect(status.hooks).toContainEqual(expect.objectContaining({ hook: 'Job/migrate', phase: 'Succeeded', weight: -1 }));
  });

  test('our rollback brings back what it had installed', async () => {
    await ours('rollback', 'web', '1');
    expect(await settings()).toEqual(DATA[1]);
    expect(await configMaps()).toEqual(['configmap/extra', 'configmap/settings']);
    expect(await history()).toEqual([[1, 'superseded'], [2, 'superseded'], [3, 'deployed']]);
  });

  test('our uninstall leaves nothing, and it knows of no release any more', async () => {
    await ours('uninstall', 'web');
    expect(await configMaps()).toEqual([]);
    expect(await kubectl(['get', 'secret', '-n', namespace(), '-l', 'owner=helm', '-o', 'name'])).toBe('');
    expect(JSON.parse(await theirs('list', '-o', 'json'))).toEqual([]);
  });
});
