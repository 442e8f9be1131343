import { mkdirSync, symlinkSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { auditTrail } from '../cluster/audit';
import { BUSYBOX_IMAGE } from '../cluster/images';
import { kubectl } from '../cluster/kubectl';
import { createNamespace, deleteNamespace } from '../cluster/namespace';
import { Outcome, Program, Stack } from './engine';
import { pythonProgram } from './python-program';

/* The recipe for other languages: the program of examples/pulumi-python, as it stands there, on the real engine, with real containers. */

const REPOSITORY = resolve(__dirname, '../..');
const PATH = process.env.PATH ?? '';

let namespace: string;
let program: Program;
let stack: Stack;

beforeAll(async () => {
  namespace = await createNamespace('recipe');
  program = await pythonProgram(join(REPOSITORY, 'examples/pulumi-python/__main__.py'));
  stack = await Stack.create();
  const programs = join(stack.folder.root, 'bin');
  mkdirSync(programs);
  symlinkSync(join(REPOSITORY, 'bin/cdk8s-lifecycle.js'), join(programs, 'cdk8s-lifecycle'));
  process.env.PATH = programs + delimiter + PATH;
  const config = { namespace, image: BUSYBOX_IMAGE, replicas: '0', migrate: 'echo to 1', warm: 'true', backup: 'true', clean: 'true' };
  for (const [key, value] of Object.entries(config)) await stack.configure(key, value);
});

afterAll(async () => {
  process.env.PATH = PATH;
  await stack?.remove();
  if (namespace) await deleteNamespace(namespace);
});

/** Hooks that were begun and what was done to the Deployment, in the order of the API server's log. */
async function writes(since: Date): Promise<string[]> {
  const own = (await auditTrail({ since, namespace })).filter(({ user, code, subresource }) => user === 'admin' && code < 300 && !subresource);
  return own.flatMap(({ verb, resource, name }) => {
    if (resource === 'jobs') return verb === 'create' ? [`hook ${name}`] : [];
    return resource === 'deployments' && ['patch', 'delete'].includes(verb) ? [`${verb} ${name}`] : [];
  });
}

/** What an operation came to, what it did, and what was written. */
async function told(operation: () => Promise<Outcome>): Promise<{ readonly outcome: Outcome; readonly steps: string[]; readonly writes: string[] }> {
  const since = new Date();
  const outcome = await operation();
  const steps = outcome.steps.filter(({ op }) => op !== 'same').map(({ op, name, failed }) => `${op} ${name}${failed ? ' failed' : ''}`);
  return { outcome, steps, writes: await writes(since) };
}

const up = () => told(() => stack.up(program));

const ERROR = (outcome: Outcome) => outcome.diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message).join('\n');

test('a fresh up whose migration fails creates nothing; the next one installs', async () => {
  await stack.configure('migrate', 'echo no such table; exit 3');
  const failed = await up();
  expect([failed.steps, failed.writes]).toEqual([['create web-opening failed'], ['hook migrate']]);
  expect(ERROR(failed.outcome)).toMatch(/Hook pre-install Job\/migrate failed: container "main" exited 3[^]*The last lines it printed:\n {4}no such table/);
  await stack.configure('migrate', 'echo to 1');
  const { outcome, writes: done } = await up();
  expect([outcome.failed, done]).toEqual([false, ['hook migrate', 'patch web', 'hook warm']]);
  expect(outcome.outputs.ran).toMatchObject([{ event: 'pre-install', hook: 'Job/migrate' }, { event: 'post-install', hook: 'Job/warm', verdict: 'succeeded' }]);
});

test('the same again: nothing runs', async () => {
  const { outcome, steps, writes: done } = await up();
  expect([outcome.failed, steps, done]).toEqual([false, [], []]);
});

test('another program: it is an upgrade, and the preview says that both commands run', async () => {
  await stack.configure('migrate', 'echo to 2');
  const preview = await stack.preview(program);
  expect(preview.changes).toMatchObject({ update: 2 });
  const { outcome, steps, writes: done } = await up();
  expect([outcome.failed, steps, done]).toEqual([false, ['update web-opening', 'update web-closing'], ['hook migrate', 'hook warm']]);
  expect(outcome.outputs.ran).toMatchObject([{ event: 'pre-upgrade' }, { event: 'post-upgrade' }]);
});

test('an upgrade whose migration fails changes nothing; the next one runs it again, then the resources change', async () => {
  await stack.configure('migrate', 'exit 4');
  const failed = await up();
  expect([failed.steps, failed.writes]).toEqual([['update web-opening failed'], ['hook migrate']]);
  await stack.configure('migrate', 'echo to 3');
  await stack.configure('image', BUSYBOX_IMAGE.replace('docker.io/', '')); // the same by another name
  const { outcome, writes: done } = await up();
  expect([outcome.failed, done]).toEqual([false, ['hook migrate', 'patch web', 'hook warm']]);
});

test('hooks after an upgrade that fail run again alone', async () => {
  await stack.configure('warm', 'exit 5');
  expect((await up()).steps).toEqual(['update web-opening', 'update web-closing failed']);
  const { steps, writes: done } = await up();
  expect([steps, done]).toEqual([['update web-closing failed'], ['hook warm']]);
});

test('going back from there is a change, too: the hooks after it are those of the program that counts again', async () => {
  await stack.configure('warm', 'true');
  const { outcome, steps, writes: done } = await up();
  expect([outcome.failed, steps, done]).toEqual([false, ['update web-opening', 'update web-closing'], ['hook migrate', 'hook warm']]);
});

test('commands that are replaced run no hooks of a deletion: the release lives on', async () => {
  const urns = stack.state().resources.filter(({ type }) => type === 'command:local:Command').map(({ urn }) => `--replace=${urn}`);
  await stack.configure('backup', 'exit 6'); // for the deletion that comes
  const { outcome, writes: done } = await told(() => stack.up(program, { flags: urns }));
  expect([outcome.failed, done]).toEqual([false, ['hook migrate', 'hook warm']]);
});

test('a deletion whose backup fails deletes nothing; the next one goes on, in reverse order, and leaves nothing', async () => {
  const failed = await told(() => stack.destroy());
  expect([failed.steps, failed.writes]).toEqual([['delete web-closing failed'], ['hook backup']]);
  await stack.configure('backup', 'true');
  expect((await up()).outcome.failed).toBe(false);
  const { outcome, writes: done } = await told(() => stack.destroy());
  expect([outcome.failed, done]).toEqual([false, ['hook backup', 'delete web', 'hook clean']]);
  expect((await kubectl(['get', 'jobs,deployments,secrets,leases', '-o', 'name'], { namespace })).trim()).toBe('');
});
