import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runProgram, succeeded } from './cli';
import { testCluster } from './cluster';
import { apply } from './kubectl';
import { createNamespace, deleteNamespace } from './namespace';
import { PostgresServer, startPostgres } from './postgres';
import { LocalVolume, createLocalVolume } from './volumes';

/* What `cdk8s synth --format helm` writes in examples/webapp is a chart that helm itself installs, upgrades and uninstalls, hooks and all. */

const EXAMPLE = resolve(__dirname, '../../examples/webapp');
const CDK8S = resolve(__dirname, '../../node_modules/.bin/cdk8s');

describe.each(['helm3', 'helm4'] as const)('%s and the chart of the example', (helm) => {
  let namespace: string;
  let postgres: PostgresServer;
  let volume: LocalVolume;
  let folder: string;

  beforeAll(async () => {
    namespace = await createNamespace(`chart-${helm}`);
    [postgres, volume] = await Promise.all([startPostgres(), createLocalVolume({ name: namespace, storageClassName: namespace })]);
    folder = mkdtempSync(join(tmpdir(), 'example-chart-'));
    mkdirSync(join(folder, 'bin'));
    symlinkSync((await testCluster())[helm], join(folder, 'bin', 'helm'));
    await postgres.sql('CREATE ROLE webapp LOGIN PASSWORD \'webapp-password\'');
    await postgres.sql('CREATE DATABASE webapp OWNER webapp');
    await apply([{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'webapp-db' }, stringData: { password: 'webapp-password' } }], namespace);
  });

  afterAll(async () => {
    await deleteNamespace(namespace);
    await Promise.all([postgres?.stop(), volume?.delete()]);
    rmSync(folder, { recursive: true, force: true });
  });

  async function synthesize(version: string): Promise<string> {
    const chart = join(folder, version);
    const env = { WEBAPP_VERSION: version, WEBAPP_DATABASE: `${postgres.host}:${postgres.port}`, WEBAPP_STORAGE_CLASS: namespace };
    const args = ['synth', '--check-upgrade=false', '--format', 'helm', '--chart-version', version, '--output', chart];
    succeeded(await runProgram(CDK8S, args, { cwd: EXAMPLE, env }));
    return chart;
  }

  async function run(...args: string[]): Promise<string> {
    const env = { KUBECONFIG: (await testCluster()).kubeconfig, HELM_CACHE_HOME: join(folder, 'cache'), HELM_CONFIG_HOME: join(folder, 'config') };
    return succeeded(await runProgram(join(folder, 'bin', 'helm'), [...args, '-n', namespace], { env }));
  }

  test('it installs, upgrades and uninstalls it, and the migrations and the cleanup have run', async () => {
    await run('install', 'webapp', await synthesize('1.0.0'));
    expect(await postgres.sql('SELECT * FROM webapp.visitors ORDER BY id', 'webapp')).toBe('1|Ada\n2|Grace');
    await run('upgrade', 'webapp', await synthesize('2.0.0'));
    expect(await postgres.sql('SELECT * FROM webapp.visitors ORDER BY id', 'webapp')).toBe('1|Ada|1\n2|Grace|1');
    const history = JSON.parse(await run('history', 'webapp', '-o', 'json')) as { readonly chart: string; readonly status: string }[];
    expect(history.map(({ chart, status }) => [chart, status])).toEqual([['webapp-1.0.0', 'superseded'], ['webapp-2.0.0', 'deployed']]);
    await run('uninstall', 'webapp');
    expect(await postgres.sql('SELECT count(*) FROM information_schema.schemata WHERE schema_name = \'webapp\'', 'webapp')).toBe('0');
  });
});
