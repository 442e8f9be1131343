import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { RecordStore } from '../../src/lifecycle';
import { ReleaseRecord } from '../../src/release';
import { SimulatedCli } from './simulated-cli';

const ROOT = resolve(__dirname, '../..');

let folder: string;
let cli: SimulatedCli;

/** The app as the program that its author would run. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'chart-app-'));
  const esbuild = join(ROOT, 'node_modules/.bin/esbuild');
  execFileSync(esbuild, [join(__dirname, 'apps/shop.ts'), '--bundle', '--platform=node', '--packages=external', `--outfile=${join(folder, 'shop.js')}`, '--log-level=error']);
});

afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(async () => {
  cli = await SimulatedCli.open();
});

afterEach(() => cli.close());

const app = () => ['--app', `/usr/bin/env 'NODE_PATH=${join(ROOT, 'node_modules')}' '${process.execPath}' '${join(folder, 'shop.js')}'`];

async function last(): Promise<ReleaseRecord> {
  return (await new RecordStore(cli.cluster, 'web', 'shop').history()).at(-1)!.record;
}

const get = (kind: string, name: string) => cli.cluster.get({ apiVersion: 'v1', kind, name, namespace: 'shop' });

test('a HelmChartApp is installed and upgraded with values, without helm', async () => {
  const installed = await cli.run('install', 'web', ...app(), '--set', 'password=hunter22,debug=true,replicas=3');
  expect([installed.code, installed.out.slice(-2)]).toEqual([0, ['NOTES:', 'Thank you.']]);
  expect((await get('ConfigMap', 'web-facts'))?.data).toEqual({ tag: 'web:2.0', replicas: '3', revision: '1' });
  expect(await get('ConfigMap', 'web-debug')).toBeDefined();

  const upgraded = await cli.run('upgrade', 'web', ...app(), '--reuse-values', '--set-string', 'image.tag=2.1', '--set', 'debug=false,migration.timeoutSeconds=90');
  expect(upgraded.code).toBe(0);
  expect((await get('ConfigMap', 'web-facts'))?.data).toEqual({ tag: 'web:2.1', replicas: '3', revision: '2' });
  expect(await get('ConfigMap', 'web-debug')).toBeUndefined();
  expect(upgraded.out.join('\n')).toMatch(/pre-upgrade .* Job\/web-migrate-2 /);
});

test('the record has the chart, its own values, and what the user said', async () => {
  await cli.run('install', 'web', ...app(), '--set', 'password=hunter22,replicas=4');
  const { chart, config, info } = await last();
  expect(chart.metadata).toMatchObject({ apiVersion: 'v2', name: 'shop', version: '1.2.0', appVersion: '2.0' });
  expect(chart.values).toEqual({ image: { tag: '2.0' }, replicas: 2, migration: { timeoutSeconds: 240 }, debug: false });
  expect([config, info.notes]).toEqual([{ password: 'hunter22', replicas: 4 }, 'Thank you.\n']);
});

test('values that the schema refuses are told by their paths', async () => {
  const { code, err } = await cli.run('install', 'web', ...app(), '--set', 'replicas=0,image.tag=SECRET,pasword=SECRET,debug=1');
  expect([code, err.slice(0, -1).sort()]).toEqual([65, [
    '  debug must be boolean',
    '  image.tag must match pattern "^[0-9.]+$"',
    '  password is missing',
    '  pasword is not known; did you mean "password"?',
    '  replicas must be >= 1',
    'error: the values do not fit the schema of chart shop:',
  ]]);
});
