import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdk8s';
import { Version, release } from '../../examples/webapp/releases';
import { WebApp } from '../../examples/webapp/webapp';
import { auditTrail } from './audit';
import { Ran, lifecycle, succeeded } from './cli';
import { testCluster } from './cluster';
import { run } from './command';
import { DatabaseCase, createDatabaseCase } from './database-case';
import { getObject, kubectl } from './kubectl';
import { PostgresServer } from './postgres';
import { LocalVolume } from './volumes';

/* The example, with real containers and a real PostgreSQL; the API server's audit log says what happened in which order. */

let database: DatabaseCase;
let namespace: string;
let postgres: PostgresServer;
let volume: LocalVolume;
let folder: string;

beforeAll(async () => {
  database = await createDatabaseCase({ prefix: 'webapp', role: 'webapp', databases: ['webapp', 'restored'] });
  ({ namespace, postgres, volume, folder } = database);
});

afterAll(() => database?.delete());

function manifests(version: Version, image?: string): string {
  const app = new App();
  const place = { databaseHost: postgres.host, databasePort: postgres.port, storageClassName: namespace };
  new WebApp(app, 'webapp', { ...release(version), ...place, ...(image === undefined ? {} : { image }) });
  const file = join(folder, `webapp-${version}.yaml`);
  writeFileSync(file, app.synthYaml());
  return file;
}

async function ours(...args: string[]): Promise<Ran> {
  return lifecycle([...args, '-n', namespace], { env: { KUBECONFIG: (await testCluster()).kubeconfig } });
}

/** What our tool wrote since a moment, records, journals and the lock left out: `create jobs/webapp-migrate`. */
async function writes(since: Date): Promise<string[]> {
  const trail = await auditTrail({ since, namespace, userAgent: 'cdk8s-lifecycle' });
  const isWrite = ({ verb, code }: (typeof trail)[number]) => ['create', 'patch', 'update', 'delete'].includes(verb) && code < 300;
  const deadline = ({ verb, resource }: (typeof trail)[number]) => verb === 'patch' && resource === 'jobs';
  const own = ({ resource }: (typeof trail)[number]) => ['secrets', 'leases'].includes(resource);
  return trail.filter((each) => isWrite(each) && !deadline(each) && !own(each)).map(({ verb, resource, name }) => `${verb} ${resource}/${name}`);
}

async function deployedImage(): Promise<string> {
  type Deployment = { readonly spec: { readonly template: { readonly spec: { readonly containers: readonly { readonly image: string }[] } } } };
  return (await getObject<Deployment>('deployment/webapp', namespace)).spec.template.spec.containers[0].image;
}

function dumps(): string[] {
  return readdirSync(volume.hostPath).filter((name) => name.endsWith('.dump')).sort();
}

/** What the README shows of this very upgrade. */
function shownInReadme(): string {
  const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');
  return /<!-- output of the end-to-end test: the upgrade whose migration fails -->\n```\n([^]*?)```/.exec(readme)?.[1] ?? '';
}

/** Output without what differs from run to run. */
function timeless(output: string): string {
  return output.replaceAll(namespace, 'shop').replace(/\d+\.\d s/g, 'N s').replace(/\d{8}T\d{6}Z/g, 'TIME').replace(/\d+ bytes/g, 'N bytes');
}

const visitors = () => postgres.sql('SELECT * FROM webapp.visitors ORDER BY id', 'webapp');

test('install: the resources are ready, then the migration makes its table and the seed fills it', async () => {
  const started = new Date();
  const stdout = succeeded(await ours('install', 'webapp', manifests('1.0.0'), '--wait'));
  expect(await visitors()).toBe('1|Ada\n2|Grace');
  expect(await writes(started)).toEqual([
    'patch configmaps/webapp',
    'patch persistentvolumeclaims/webapp-backups',
    'patch services/webapp',
    'patch deployments/webapp',
    'create configmaps/webapp-migrations',
    'create jobs/webapp-migrate',
    'create jobs/webapp-seed',
    'create jobs/webapp-notify',
    'delete jobs/webapp-notify',
    'delete configmaps/webapp-migrations',
  ]);
  expect(stdout).toMatch(/install webapp: succeeded, revision 1 is deployed/);
});

test('upgrade: a dump that was taken before the second migration lies on the volume and restores into an empty database', async () => {
  const started = new Date();
  succeeded(await ours('upgrade', 'webapp', manifests('2.0.0'), '--wait'));
  expect(await writes(started)).toEqual([
    'create jobs/webapp-backup',
    'create configmaps/webapp-migrations',
    'delete jobs/webapp-migrate',
    'create jobs/webapp-migrate',
    'delete configmaps/webapp-migrations',
    'patch configmaps/webapp',
    'patch persistentvolumeclaims/webapp-backups',
    'patch services/webapp',
    'patch deployments/webapp',
    'create jobs/webapp-notify',
    'delete jobs/webapp-notify',
  ]);
  expect(await visitors()).toBe('1|Ada|1\n2|Grace|1');

  expect(dumps()).toHaveLength(1);
  const { postgresBin } = await testCluster();
  const connection = ['--host', postgres.host, '--port', String(postgres.port), '--username', postgres.user, '--dbname', 'restored'];
  await run(join(postgresBin(), 'pg_restore'), [...connection, '--no-owner', join(volume.hostPath, dumps()[0])], { env: { ...process.env, PGPASSWORD: postgres.password } });
  expect(await postgres.sql('SELECT * FROM webapp.visitors ORDER BY id', 'restored')).toBe('1|Ada\n2|Grace');
});

test('an upgrade whose migration fails stops: the Deployment keeps its image, and the output shows what psql said', async () => {
  const before = await deployedImage();
  const { code, stdout } = await ours('upgrade', 'webapp', manifests('3.0.0', 'docker.io/library/busybox:3'), '--wait');
  expect(code).toBe(1);
  expect(stdout).toContain('ERROR:  column "email" of relation "visitors" contains null values');
  expect(stdout).toContain('Nothing was applied; revision 3 is recorded as failed, revision 2 is still the deployed one.');
  expect(timeless(stdout)).toBe(timeless(shownInReadme()));
  expect(await deployedImage()).toBe(before);
  expect(await visitors()).toBe('1|Ada|1\n2|Grace|1');
  expect(dumps()).toHaveLength(2);
});

test('rollback: the page of the first version is back, and the database keeps what it has', async () => {
  succeeded(await ours('rollback', 'webapp', '1', '--wait'));
  expect(await kubectl(['get', 'configmap', 'webapp', '-o', 'jsonpath={.data.index\\.html}'], { namespace })).toContain('webapp 1.0.0');
  expect(await visitors()).toBe('1|Ada|1\n2|Grace|1');
});

test('uninstall: a last dump, the resources, and the cleanup after all of them; the dumps stay', async () => {
  const started = new Date();
  succeeded(await ours('uninstall', 'webapp', '--wait'));
  expect(await writes(started)).toEqual([
    'delete jobs/webapp-backup',
    'create jobs/webapp-backup',
    'delete services/webapp',
    'delete deployments/webapp',
    'delete configmaps/webapp',
    'create jobs/webapp-notify',
    'create jobs/webapp-cleanup',
    'delete jobs/webapp-cleanup',
    'delete jobs/webapp-notify',
    'delete jobs/webapp-seed', // what its hooks have left goes with the release
    'delete jobs/webapp-migrate',
    'delete jobs/webapp-backup',
  ]);
  expect(await postgres.sql('SELECT count(*) FROM information_schema.schemata WHERE schema_name = \'webapp\'', 'webapp')).toBe('0');
  expect(dumps()).toHaveLength(3);
  expect(await kubectl(['get', 'persistentvolumeclaim', 'webapp-backups', '-o', 'jsonpath={.status.phase}'], { namespace })).toBe('Bound');
  expect(await kubectl(['get', 'secret', '-l', 'owner=helm', '-o', 'name'], { namespace })).toBe('');
});
