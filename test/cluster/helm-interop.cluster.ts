import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lifecycle, runProgram, succeeded } from './cli';
import { TestCluster, testCluster } from './cluster';
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
  return [settings, ...(version === 1 ? [extra] : []), hook].map((object) => JSON.stringify(object)).join('\n---\n');
}

describe.each([{ helm: 'helm3' as const }, { helm: 'helm4' as const }])('$helm works on a release that we installed', ({ helm }) => {
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

  test('it lists it and shows its history, its manifest and its hooks', async () => {
    await ours('install', 'web', file(1));
    const [listed] = JSON.parse(await theirs('list', '-o', 'json')) as { name: string; status: string; chart: string; revision: string }[];
    expect(listed).toMatchObject({ name: 'web', status: 'deployed', chart: 'web-0.0.0', revision: '1' });
    expect(await history()).toEqual([[1, 'deployed']]);
    expect(await theirs('get', 'manifest', 'web')).toContain('"name":"settings"');
    expect(await theirs('get', 'hooks', 'web')).toContain('"name":"migrate"');
    expect(await theirs('status', 'web', '-o', 'json')).toContain('"phase":"Succeeded"');
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
    const { code, stderr } = await lifecycle(['history', 'web', '-n', namespace], { env: env() });
    expect([code, stderr]).toEqual([1, `error: There is no release "web" in namespace ${namespace}\n  Name the right namespace with -n.\n`]);
  });
});
