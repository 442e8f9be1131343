import { mkdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runProgram, succeeded } from './cli';
import { testCluster } from './cluster';
import { DatabaseCase, createDatabaseCase } from './database-case';
import { PostgresServer } from './postgres';

/* What `cdk8s synth --format helm` writes in examples/webapp is a chart that helm itself installs, upgrades and uninstalls, hooks and all. */

const EXAMPLE = resolve(__dirname, '../../examples/webapp');
const CDK8S = resolve(__dirname, '../../node_modules/.bin/cdk8s');

describe.each(['helm3', 'helm4'] as const)('%s and the chart of the example', (helm) => {
  let database: DatabaseCase;
  let namespace: string;
  let postgres: PostgresServer;
  let folder: string;

  beforeAll(async () => {
    database = await createDatabaseCase({ prefix: `chart-${helm}`, role: 'webapp', databases: ['webapp'] });
    ({ namespace, postgres, folder } = database);
    mkdirSync(join(folder, 'bin'));
    symlinkSync((await testCluster())[helm], join(folder, 'bin', 'helm'));
  });

  afterAll(() => database?.delete());

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
