import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as pulumi from '@pulumi/pulumi';
import { build } from 'esbuild';
import { Bracket, BracketArgs } from '../../src/pulumi/bracket';
import { BracketInputs } from '../../src/pulumi/bracket-state';
import { inputsOf } from './bracket-stack';
import { DynamicProvider, Properties } from './dynamic-provider';
import { EngineServer } from './engine-server';
import { Component, Mocked, settled } from './mocked';

/* The contract with Pulumi's SDK, parts of which it promises to nobody: what it runs of the state of a bracket, and how it calls it. */

const REPOSITORY = resolve(__dirname, '../..');

let folder: string;
let engine: EngineServer;
let provider: DynamicProvider | undefined;
/** What a program makes of a bracket, and Pulumi keeps in its state. */
let inputs: Properties;

/** A folder with a program, in which packages are installed. */
function projectWith(...packages: readonly string[]): string {
  const project = mkdtempSync(join(folder, 'project-'));
  for (const name of packages) {
    mkdirSync(join(project, 'node_modules', name, '..'), { recursive: true });
    symlinkSync(name === 'cdk8s-lifecycle' ? join(folder, name) : join(REPOSITORY, 'node_modules', name), join(project, 'node_modules', name));
  }
  return project;
}

/** The port of nobody. */
async function unusedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.on('listening', done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dynamic-provider-'));
  const installed = join(folder, 'cdk8s-lifecycle');
  cpSync(join(REPOSITORY, 'package.json'), join(installed, 'package.json'));
  const options = { bundle: true, platform: 'node', target: 'node20', packages: 'external', logLevel: 'error' } as const;
  await build({ ...options, entryPoints: [join(REPOSITORY, 'src/pulumi/provider.ts')], outfile: join(installed, 'lib/pulumi/provider.js') });
  const modules = join(installed, 'node_modules');
  mkdirSync(join(modules, '@pulumi'), { recursive: true });
  mkdirSync(join(modules, '@kubernetes'));
  for (const name of ['@pulumi/pulumi', '@kubernetes/client-node', 'js-yaml']) symlinkSync(join(REPOSITORY, 'node_modules', name), join(modules, name));
  engine = await EngineServer.start();

  const mocked = new Mocked();
  const { connection, ...args } = inputsOf('1');
  const kubeconfig = JSON.stringify({
    'clusters': [{ name: 'a', cluster: { server: `https://127.0.0.1:${await unusedPort()}` } }],
    'users': [{ name: 'a', user: { token: 'canary' } }],
    'contexts': [{ name: 'a', context: { cluster: 'a', user: 'a' } }],
    'current-context': 'a',
  });
  const bracket = new Bracket('opening', 'web-opening', { ...args, connection: { ...connection, kubeconfig } } as BracketArgs, { parent: new Component() });
  await settled(bracket.urn);
  inputs = JSON.parse(JSON.stringify(mocked.registered.at(-1)!.inputs)) as Properties;
  await pulumi.runtime.disconnect();
});

afterEach(async () => {
  await provider?.stop();
  provider = undefined;
  engine.messages.length = 0;
});

afterAll(() => {
  engine.stop();
  rmSync(folder, { recursive: true });
});

test('a bracket is a dynamic resource that says itself what runs it: always the same text', () => {
  expect(inputs).toMatchObject({ ...inputsOf('1'), connection: expect.anything() as unknown, side: 'opening', dryRun: false });
  expect(inputs.self).toBe('urn:pulumi:stack::project::test:index:Component$pulumi-nodejs:dynamic/cdk8s-lifecycle:Opening::web-opening');
  expect(inputs.__provider).toContain('exports.handler = () => {');
});

test('previews are said to the engine, on the row of the bracket, without the client of Kubernetes and the index of the SDK', async () => {
  provider = await DynamicProvider.start(projectWith('cdk8s-lifecycle'), engine.address);
  const before = new Set(await provider.loaded()); // the SDK's own
  const checked = await provider.check({}, { ...inputs, namespace: '04da6b54-80e4-46f7-96ec-b56ff0331ba9', dryRun: true });
  expect([checked.dryRun, checked.__provider]).toEqual([undefined, inputs.__provider]);
  const text = 'pre-install hooks that would run: Job/pre-install (0)';
  expect(engine.messages).toEqual([{ severity: 'INFO', text, urn: inputs.self, ephemeral: false }]);
  const loaded = (await provider.loaded()).filter((file) => !before.has(file));
  const packages = new Set(loaded.map((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? file.replace(/^.*(?=cdk8s-lifecycle)/, '')));
  packages.delete('js-yaml'); // which the SDK may have loaded already
  expect([...packages]).toEqual(['cdk8s-lifecycle/lib/pulumi/provider.js']);
});

test('a state is compared as it comes back from the wire', async () => {
  provider = await DynamicProvider.start(projectWith('cdk8s-lifecycle'), engine.address);
  const news = await provider.check({}, inputs);
  const state = { ...news, schemaVersion: 1, runId: 'r1', event: 'pre-install', revision: 1, history: [], ran: [], pending: null };
  expect([
    await provider.diff('o1', state, await provider.check(state, inputs)),
    await provider.diff('o1', state, { ...news, digest: '2' }),
    await provider.diff('o1', state, { ...news, release: 'other' }),
  ]).toEqual([{ changes: false, replaces: [] }, { changes: true, replaces: [] }, { changes: true, replaces: ['release'] }]);
  const kept = await provider.update('o1', state, { ...news, connection: { context: 'b' } });
  expect(kept).toMatchObject({ connection: { context: 'b' }, runId: 'r1', revision: 1, __provider: inputs.__provider });
});

test('a cluster that cannot be reached is said, without the kubeconfig', async () => {
  provider = await DynamicProvider.start(projectWith('cdk8s-lifecycle'), engine.address);
  const news = await provider.check({}, inputs);
  const { message, kept } = await provider.create(news).then(() => undefined as never, (refusal) => refusal as { message: string; kept?: object });
  expect(message).toMatch(/^cannot discover the kinds of v1: .*ECONNREFUSED.*\n.*\nNo hook has run\.$/s);
  expect([kept, `${message}${JSON.stringify(engine.messages)}`.includes('canary')]).toEqual([undefined, false]);
  expect((await provider.loaded()).some((file) => file.includes('@kubernetes/client-node'))).toBe(true);
}, 60_000);

test('a closing that cannot be created is kept, with all that a deletion needs', async () => {
  provider = await DynamicProvider.start(projectWith('cdk8s-lifecycle'), engine.address);
  const closing: Partial<BracketInputs> = { side: 'closing', opening: 'o1', openRun: 'r1', openEvent: 'pre-install' };
  const news = await provider.check({}, { ...inputs, ...closing, connection: { context: 'x', kubeconfig: 'users:\n' } });
  await expect(provider.create(news)).rejects.toMatchObject({
    message: expect.stringMatching(/The next pulumi up runs only the post-install hooks again\.$/) as string,
    kept: { id: expect.any(String) as string, properties: { ...news, pending: 'post-install', schemaVersion: 1 } },
  });
});

test('without this package a deletion says what to install', async () => {
  provider = await DynamicProvider.start(projectWith(), engine.address);
  await expect(provider.delete('o1', inputs)).rejects.toMatchObject({
    message: expect.stringContaining('the hooks of this release are run by the package cdk8s-lifecycle, which is not installed here: run npm install cdk8s-lifecycle and try again') as string,
  });
});
