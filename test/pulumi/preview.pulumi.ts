import { HookedRelease, HookedReleaseArgs, importChart } from 'cdk8s-lifecycle/pulumi';
import { createNamespace, deleteNamespace } from '../cluster/namespace';
import { configMap, hook } from '../conformance/manifests';
import { Outcome, Stack } from './engine';

/* What previews say on the rows of the brackets, as Pulumi's engine asks for them. */

const HOOKS = [
  hook('check', { on: 'pre-install' }), hook('seed', { on: 'post-install' }), hook('backup', { on: 'pre-upgrade', weight: '-5' }), hook('warm', { on: 'post-upgrade' }),
];

let stack: Stack;
let namespace: string;

beforeEach(async () => {
  [stack, namespace] = await Promise.all([Stack.create(), createNamespace('preview')]);
});

afterEach(() => Promise.all([stack.remove(), deleteNamespace(namespace)]));

function program(version: string, more: Partial<HookedReleaseArgs> = {}): () => object {
  return () => new HookedRelease('web', { chart: importChart({ manifests: [...HOOKS, configMap('settings', { version })] }), namespace, ...more });
}

/** What is said of each bracket, and stays. */
function said({ diagnostics }: Outcome): (readonly [string | undefined, string])[] {
  return diagnostics.filter(({ name, ephemeral }) => name?.startsWith('web-') && !ephemeral).map(({ name, message }) => [name, message.trim()]);
}

test('a preview says which hooks will run, and nothing where none will', async () => {
  expect(said(await stack.preview(program('1')))).toEqual([
    ['web-opening', 'pre-install hooks that would run: Job/check (0)'], ['web-closing', 'post-install hooks that would run: Job/seed (0)'],
  ]);
  expect((await stack.up(program('1'))).failed).toBe(false);
  expect(said(await stack.preview(program('1')))).toEqual([]);
  expect(said(await stack.preview(program('2')))).toEqual([
    ['web-opening', 'pre-upgrade hooks that would run: Job/backup (-5)'], ['web-closing', 'post-upgrade hooks that would run: Job/warm (0)'],
  ]);
  const setting = await stack.preview(program('1', { timeoutSeconds: 60 }));
  expect([said(setting), setting.changes]).toEqual([[], { same: 3, update: 2 }]);
  expect(said(await stack.up(program('1', { timeoutSeconds: 60 })))).toEqual([]);
});
