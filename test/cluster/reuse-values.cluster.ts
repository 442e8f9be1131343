import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lifecycle, runProgram, succeeded } from './cli';
import { TestCluster, testCluster } from './cluster';
import { getObject } from './kubectl';
import { createNamespace, deleteNamespace } from './namespace';

/*
 * A release is installed with values, and upgraded with others to a chart with other defaults, each time by helm or by us with an app of the same chart:
 * what the manifests are made with, and what is recorded, must be the same whoever did it.
 */

const DEFAULTS = {
  v1: { a: 1, m: { x: 1, y: 1 }, list: [1], text: 'one', gone: true },
  v2: { a: 10, m: { x: 10, y: 1 }, list: [2], text: 'two', gone: true },
};

const FIRST = ['--set', 'a=2,m.x=3,extra.b=1', '--set-json', 'list=["said"]'];

/** A default that is dropped. With --reuse-values helm makes a null of it, which no template can tell from nothing, but a schema can; ours leaves it out. */
const DROPPED = ['--set', 'gone=null'];

const UPGRADES: readonly (readonly string[])[] = [
  [],
  ['--set', 'a=5'],
  ['--reset-values'],
  ['--reset-values', '--reuse-values', '--set', 'm.y=5'],
  ['--reuse-values'],
  ['--reuse-values', '--set', 'a=null,m.x=null,extra=null,list=null', '--set', 'm.new=1'],
  ['--reset-then-reuse-values'],
  ['--reset-then-reuse-values', '--reset-values'],
  ['--reset-then-reuse-values', '--set', 'm.x=null,text=three'],
];

/** Helm's part: a ConfigMap of all values. */
const TEMPLATE = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\ndata:\n  seen: {{ toJson .Values | quote }}\n';

/** Ours: what HelmChartApp writes for the same. */
const APP = `
const fs = require('fs');
const out = process.env.CDK8S_OUTDIR;
const { name, values } = JSON.parse(fs.readFileSync(process.env.CDK8S_LIFECYCLE_RELEASE, 'utf8'));
const isMap = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const over = (own, said) => {
  const all = { ...own };
  for (const [key, value] of Object.entries(said)) {
    if (value === null && key in own) delete all[key];
    else all[key] = isMap(value) && isMap(own[key]) ? over(own[key], value) : value;
  }
  return all;
};
const defaults = JSON.parse(process.argv[2]);
const all = over(defaults, values);
fs.mkdirSync(out + '/templates');
fs.writeFileSync(out + '/Chart.yaml', 'apiVersion: v2\\nname: shop\\nversion: 1.2.0\\n');
fs.writeFileSync(out + '/values.json', JSON.stringify(all));
fs.writeFileSync(out + '/values.yaml', JSON.stringify(defaults));
const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { seen: JSON.stringify(all) } };
fs.writeFileSync(out + '/templates/all.yaml', JSON.stringify(object));
`;

type Who = 'helm' | 'ours';

describe.each(['helm3', 'helm4'] as const)('%s and ours', (helm) => {
  let cluster: TestCluster;
  let namespace: string;
  let folder: string;
  let count = 0;

  beforeAll(async () => {
    cluster = await testCluster();
    namespace = await createNamespace(`reuse-${helm}`);
    folder = mkdtempSync(join(tmpdir(), 'reuse-'));
    symlinkSync(cluster[helm], join(folder, 'helm')); // the base name of the binary is Helm's field manager
    writeFileSync(join(folder, 'app.js'), APP);
    for (const version of ['v1', 'v2'] as const) {
      mkdirSync(join(folder, version, 'templates'), { recursive: true });
      writeFileSync(join(folder, version, 'Chart.yaml'), 'apiVersion: v2\nname: shop\nversion: 1.2.0\n');
      writeFileSync(join(folder, version, 'values.yaml'), JSON.stringify(DEFAULTS[version]));
      writeFileSync(join(folder, version, 'templates', 'all.yaml'), TEMPLATE);
    }
  });

  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await deleteNamespace(namespace);
  });

  const env = () => ({ KUBECONFIG: cluster.kubeconfig, HELM_CACHE_HOME: join(folder, 'cache'), HELM_CONFIG_HOME: join(folder, 'config') });
  const theirs = async (...args: string[]) => succeeded(await runProgram(join(folder, 'helm'), [...args, '-n', namespace], { env: env() }));

  async function deploy(who: Who, operation: string, release: string, version: 'v1' | 'v2', flags: readonly string[]): Promise<void> {
    if (who === 'helm') {await theirs(operation, release, join(folder, version), ...flags);} else {
      const app = `'${process.execPath}' '${join(folder, 'app.js')}' '${JSON.stringify(DEFAULTS[version])}'`;
      succeeded(await lifecycle([operation, release, '--app', app, ...flags, '-n', namespace], { env: env() }));
    }
  }

  /** What became of an install and an upgrade. */
  async function life([installer, upgrader]: readonly [Who, Who], flags: readonly string[]) {
    const release = `r${(count += 1)}`;
    await deploy(installer, 'install', release, 'v1', [...FIRST, ...(flags[0] === '--reuse-values' ? [] : DROPPED)]);
    await deploy(upgrader, 'upgrade', release, 'v2', flags);
    const { data } = await getObject<{ readonly data: { readonly seen: string } }>(`configmap/${release}`, namespace);
    const values = async (...all: string[]) => JSON.parse(await theirs('get', 'values', release, '-o', 'json', ...all)) as unknown;
    return { seen: JSON.parse(data.seen) as unknown, said: await values(), computed: await values('--all') };
  }

  test.each(UPGRADES.map((flags) => [flags.join(' ') || 'no flag', flags] as const))('upgrade with %s', async (_name, flags) => {
    const expected = await life(['helm', 'helm'], flags);
    expect(await life(['ours', 'ours'], flags)).toEqual(expected);
    expect(await life(['helm', 'ours'], flags)).toEqual(expected);
    expect(await life(['ours', 'helm'], flags)).toEqual(expected);
  });

  test('helm shows the chart of our release', async () => {
    await deploy('ours', 'install', 'listed', 'v1', []);
    const [{ chart }] = JSON.parse(await theirs('list', '-o', 'json', '--filter', '^listed$')) as { readonly chart: string }[];
    expect(chart).toBe('shop-1.2.0');
  });
});
