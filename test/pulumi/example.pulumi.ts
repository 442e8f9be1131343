import { readdirSync } from 'node:fs';
import program from '../../examples/pulumi/index';
import { RanHook } from '../../src/pulumi';
import { auditTrail } from '../cluster/audit';
import { DatabaseCase, createDatabaseCase } from '../cluster/database-case';
import { kubectl } from '../cluster/kubectl';
import { Outcome, Stack } from './engine';

/* The program of examples/pulumi, on the real engine, with real containers and a real PostgreSQL. */

const SECRETS = { databasePassword: 'webapp-password', sessionKey: 'canary-of-a-session-key' };

let database: DatabaseCase;
let stack: Stack;
let said = '';

beforeAll(async () => {
  database = await createDatabaseCase({ prefix: 'example', role: 'webapp', databases: ['webapp'] });
  const { namespace, postgres } = database;
  await kubectl(['delete', 'secret', 'webapp-db'], { namespace }); // the program makes it
  stack = await Stack.create();
  const config = { namespace, storageClass: namespace, databaseHost: postgres.host, databasePort: String(postgres.port), version: '1.0.0' };
  for (const [key, value] of Object.entries(config)) await stack.configure(key, value);
  for (const [key, value] of Object.entries(SECRETS)) await stack.configure(key, value, { secret: true });
});

afterAll(async () => {
  await stack?.remove();
  await database?.delete();
});

/** Remembers what was said. */
function heard(outcome: Outcome): Outcome {
  said += outcome.output + JSON.stringify(outcome.events);
  return outcome;
}

/** The hooks that ran, as the program exports them. */
function ran({ outputs }: Outcome): string[] {
  return (outputs.ran as RanHook[]).map(({ event, hook, verdict }) => `${event} ${hook} ${verdict}`);
}

/** What was made and unmade that matters for the order: Jobs of hooks, the Deployment, the claim. */
async function writes(since: Date): Promise<string[]> {
  const trail = await auditTrail({ since, namespace: database.namespace });
  const own = trail.filter(({ user, code, subresource, uri }) => user === 'admin' && code < 300 && !subresource && !uri.includes('dryRun='));
  const isWrite = ({ verb, resource = '' }: (typeof trail)[number]) =>
    ['create', 'delete'].includes(verb) ? ['jobs', 'deployments', 'persistentvolumeclaims'].includes(resource) : verb === 'patch' && resource === 'deployments';
  return own.filter(isWrite).map(({ verb, resource, name }) => `${verb} ${resource}/${name}`);
}

const dumps = () => readdirSync(database.volume.hostPath).filter((name) => name.endsWith('.dump'));
const visitors = () => database.postgres.sql('SELECT * FROM webapp.visitors ORDER BY id', 'webapp');

test('a fresh up: when the page is there, the migration makes its table and the seed fills it', async () => {
  const since = new Date();
  const up = heard(await stack.up(program));
  expect(up).toMatchObject({ failed: false, changes: { create: 11 } });
  expect(ran(up)).toEqual([
    'post-install ConfigMap/webapp-migrations succeeded', 'post-install Job/webapp-migrate succeeded', 'post-install Job/webapp-seed succeeded',
    'post-install Job/webapp-notify succeeded',
  ]);
  expect(await writes(since)).toEqual([
    'patch deployments/webapp', 'create jobs/webapp-migrate', 'create jobs/webapp-seed', 'create jobs/webapp-notify', 'delete jobs/webapp-notify',
  ]);
  expect(await visitors()).toBe('1|Ada\n2|Grace');
});

test('the same again: nothing runs', async () => {
  const since = new Date();
  expect(heard(await stack.up(program))).toMatchObject({ failed: false, changes: { same: 11 } });
  expect(await writes(since)).toEqual([]);
});

test('another version: a dump, the migration, then the page', async () => {
  await stack.configure('version', '2.0.0');
  const since = new Date();
  const up = heard(await stack.up(program));
  expect(up.failed).toBe(false);
  expect(await writes(since)).toEqual([
    'create jobs/webapp-backup', 'delete jobs/webapp-migrate', 'create jobs/webapp-migrate', 'patch deployments/webapp', 'create jobs/webapp-notify',
    'delete jobs/webapp-notify',
  ]);
  expect([await visitors(), dumps().length]).toEqual(['1|Ada|1\n2|Grace|1', 1]);
});

test('a version whose migration fails: the preview says what would run, the error what psql said; the page stays as it is', async () => {
  await stack.configure('version', '3.0.0');
  const preview = heard(await stack.preview(program));
  const since = new Date();
  const up = heard(await stack.up(program));
  const told = ({ diagnostics }: Outcome, severity: string) => diagnostics.filter((each) => each.name === 'webapp-opening' && each.severity.startsWith(severity));
  expect(told(preview, 'info').map(({ message }) => message.trim())).toEqual([
    'pre-upgrade hooks that would run: Job/webapp-backup (0), ConfigMap/webapp-migrations (0), Job/webapp-migrate (1)',
  ]);
  const [{ message }] = told(up, 'error');
  expect(message.trim().split('\n').at(0)).toMatch(/^Hook pre-upgrade Job\/webapp-migrate failed: container "main" exited 3 \(after \d+\.\d s\)$/);
  expect(message).toContain('  psql:/migrations/003-require-email.sql:2: ERROR:  column "email" of relation "visitors" contains null values\nNothing of the release was changed.');
  expect((await writes(since)).filter((write) => write.endsWith('deployments/webapp'))).toEqual([]);
});

test('destroy: a dump before anything goes, the schema when all is gone; the claim with the dumps stays', async () => {
  const since = new Date();
  expect(heard(await stack.destroy()).failed).toBe(false);
  expect((await writes(since)).filter((write) => !/^delete jobs/.test(write))).toEqual([
    'create jobs/webapp-backup', 'delete deployments/webapp', 'create jobs/webapp-notify', 'create jobs/webapp-cleanup',
  ]);
  expect(await database.postgres.sql("SELECT count(*) FROM pg_namespace WHERE nspname = 'webapp'", 'webapp')).toBe('0');
  const left = await kubectl(['get', 'jobs,deployments,secrets,leases,persistentvolumeclaims', '-o', 'name'], { namespace: database.namespace });
  expect([left.trim(), dumps().length]).toEqual(['persistentvolumeclaim/webapp-backups', 3]);
});

test('no secret was said or written in clear', () => {
  const text = said + stack.everythingWritten();
  const encoded = Object.values(SECRETS).map((secret) => Buffer.from(secret).toString('base64'));
  expect([...Object.values(SECRETS), ...encoded].filter((secret) => text.includes(secret))).toEqual([]);
});
