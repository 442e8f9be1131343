import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ApiObject, App, Chart } from 'cdk8s';
import { Database, MigrationHook } from 'cdk8s-lifecycle';
import * as kplus from 'cdk8s-plus-27';
import { Ran, lifecycle, runProgram, succeeded } from './cli';
import { testCluster } from './cluster';
import { DatabaseCase, createDatabaseCase } from './database-case';
import { BUSYBOX_IMAGE } from './images';
import { apply, kubectl } from './kubectl';
import { MIGRATION_PROJECTS } from './migration-projects';
import { Mounts } from './migration-tools';
import { postgresFolder } from './postgres-binaries';

/* The command line of every migration tool that the constructs know, in Pods of the real node, on a real PostgreSQL. */

const TOOLS = Object.keys(MIGRATION_PROJECTS);
const WRONG = 'not-the-right-one';

const nameOf = (tool: string) => tool.replaceAll('-', '_');
const installed: Record<string, Mounts> = {};
let home: DatabaseCase;

beforeAll(async () => {
  for (const tool of TOOLS) installed[tool] = await MIGRATION_PROJECTS[tool].install();
  home = await createDatabaseCase({ prefix: 'migration-tools', role: 'shop', databases: TOOLS.map(nameOf) });
  await apply([{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'wrong-db' }, stringData: { password: WRONG } }], home.namespace);
}, 600_000);

afterAll(() => home?.delete());

/** What the hook of a release finds. */
interface Release {
  readonly broken?: boolean;
  readonly secret?: string;
}

/** A folder with the project of a tool. */
function project(tool: string, broken: boolean): string {
  const { files, broken: next } = MIGRATION_PROJECTS[tool];
  const folder = join(home.folder, broken ? 'broken' : 'whole', tool);
  for (const [file, text] of Object.entries({ ...files, ...(broken ? next : {}) })) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

/** A file with a release that has nothing but the migration; the image is one without the tool, which is mounted where an image would have it. */
function manifests(tool: string, { broken = false, secret = 'shop-db' }: Release): string {
  const app = new App();
  const chart = new Chart(app, tool, { disableResourceNameHashes: true });
  const password = { secret: kplus.Secret.fromSecretName(chart, 'secret', secret), key: 'password' };
  const { host, port } = home.postgres;
  const mounts = Object.entries({ ...installed[tool], '/project': project(tool, broken) });
  const { job } = new MigrationHook(chart, 'migrate', {
    image: BUSYBOX_IMAGE,
    user: 65534,
    database: Database.postgres({ host, port, name: nameOf(tool), user: 'shop', password, sslMode: 'disable' }),
    tool: MIGRATION_PROJECTS[tool].tool,
    volumes: mounts.map(([path, hostPath], index) => ({
      path, volume: kplus.Volume.fromHostPath(chart, `volume-${index}`, `volume-${index}`, { path: hostPath }), readOnly: true,
    })),
  });
  ApiObject.of(job).metadata.addAnnotation('cdk8s-lifecycle/lint-ignore', 'pod-security: the tool is mounted from this machine');
  const file = join(home.folder, `${tool}.yaml`);
  writeFileSync(file, app.synthYaml());
  return file;
}

async function run(operation: 'install' | 'upgrade', tool: string, release: Release = {}): Promise<Ran> {
  const { kubeconfig } = await testCluster();
  return lifecycle([operation, tool, manifests(tool, release), '-n', home.namespace], { env: { KUBECONFIG: kubeconfig } });
}

/** All that a tool's database holds, the tool's own tables too. */
async function contents(tool: string): Promise<string> {
  const { host, port, user, password } = home.postgres;
  const connection = [`--host=${host}`, `--port=${port}`, `--username=${user}`, '--no-password', nameOf(tool)];
  const dump = succeeded(await runProgram(join(postgresFolder(), 'pg_dump'), ['--inserts', ...connection], { env: { PGPASSWORD: password } }));
  return dump.replace(/^\\(un)?restrict .*\n/gm, ''); // each dump has a key of its own
}

/** Everything that the container printed, before anybody masks it. */
const printed = (tool: string) => kubectl(['logs', `job/${tool}-migrate`], { namespace: home.namespace });

test.concurrent.each(TOOLS)('%s migrates once, finds nothing to do the second time, and fails the hook where it cannot', async (tool) => {
  succeeded(await run('install', tool));
  expect(await home.postgres.sql('SELECT count(*) FROM orders', nameOf(tool))).toBe('3');
  const migrated = await contents(tool);
  succeeded(await run('upgrade', tool));
  expect(await contents(tool)).toBe(migrated);

  const denied = await run('upgrade', tool, { secret: 'wrong-db' });
  expect([denied.code, denied.stdout]).toEqual([1, expect.stringMatching(/container "main" exited [1-9]/)]);
  expect(await printed(tool)).toContain('password authentication failed for user "shop"');
  expect(await printed(tool)).not.toContain(WRONG);
  expect(await contents(tool)).toBe(migrated);

  const broken = await run('upgrade', tool, { broken: true });
  expect([broken.code, broken.stdout]).toEqual([1, expect.stringMatching(/container "main" exited [1-9]/)]);
  expect(await printed(tool)).toContain('relation "missing" does not exist');
  expect(await home.postgres.sql('SELECT count(*) FROM orders', nameOf(tool))).toBe('3');
});
