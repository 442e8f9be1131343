import { ClusterError } from '../../src/cluster';
import { BracketInputs } from '../../src/pulumi/bracket-state';
import { UNKNOWN } from '../../src/pulumi/preview';
import { LifecycleError } from '../../src/vocabulary';
import { BracketStack, inputsOf, opened } from './bracket-stack';

const SETTINGS = inputsOf('1').settings;
const UNKNOWN_CONNECTION = UNKNOWN as unknown as BracketInputs['connection'];

afterEach(() => jest.restoreAllMocks());

const WOULD = {
  'pre-install': 'pre-install hooks that would run: Job/pre-install (0)',
  'post-install': 'post-install hooks that would run: Job/post-install (1)',
  'pre-upgrade': 'pre-upgrade hooks that would run: Job/pre-upgrade (2)',
  'post-upgrade': 'post-upgrade hooks that would run: Job/post-upgrade (3)',
  'pre-rollback': 'pre-rollback hooks that would run: Job/pre-rollback (4)',
  'post-rollback': 'post-rollback hooks that would run: Job/post-rollback (5)',
};
const install = [WOULD['pre-install'], WOULD['post-install']];
const upgrade = [WOULD['pre-upgrade'], WOULD['post-upgrade']];
const rollback = [WOULD['pre-rollback'], WOULD['post-rollback']];

test.each<[string, readonly string[], string, Partial<BracketInputs>, readonly string[]]>([
  ['an installation', [], '1', {}, install],
  ['no change', ['1'], '1', {}, []],
  ['an upgrade', ['1'], '2', {}, upgrade],
  ['a rollback', ['1', '2'], '1', {}, rollback],
  ['a trigger', ['1'], '1', { trigger: 5 }, upgrade],
  ['a setting', ['1'], '1', { settings: { ...SETTINGS, timeoutSeconds: 60 } }, []],
  ['a connection that is not known yet', ['1'], '1', { connection: UNKNOWN_CONNECTION }, []],
  ['a digest that is not known yet', ['1'], UNKNOWN, {}, upgrade.map((line) => line.replace('would', 'may'))],
  ['a trigger that is not known yet', ['1'], '1', { trigger: UNKNOWN }, upgrade.map((line) => line.replace('would', 'may'))],
  ['a release without hooks', ['1'], '2', { plan: {} }, ['no pre-upgrade hook', 'no post-upgrade hook']],
  [
    'an upgrade of a release with test hooks alone', ['1'], '2', { plan: { test: ['Job/check (0)'] } }, ['no pre-upgrade hook', 'no post-upgrade hook'],
  ],
])('a preview of %s', async (_, before, version, more, lines) => {
  const { said, ran, error } = await (await opened(...before)).preview(version, more);
  expect([said, ran, error]).toEqual([lines, [], undefined]);
});

test.each<[string, string, readonly string[], string, readonly string[]]>([
  ['pre-install', '1', [], '1', install],
  ['post-install', '1', [], '1', [WOULD['post-install']]],
  ['post-install', '1', [], '2', install],
  ['pre-upgrade', '2', ['1'], '2', upgrade],
  ['pre-upgrade', '2', ['1'], '1', []],
  ['post-upgrade', '2', ['1'], '2', [WOULD['post-upgrade']]],
  ['post-upgrade', '2', ['1'], '1', rollback],
  ['pre-rollback', '1', ['1', '2'], '1', rollback],
  ['post-rollback', '1', ['1', '2'], '1', [WOULD['post-rollback']]],
  ['post-rollback', '1', ['1', '2'], '2', upgrade],
])('a preview after a failed %s of %s (before: %j), of %s', async (fails, tried, before, version, lines) => {
  const stack = await opened(...before);
  stack.fails.add(fails);
  await stack.up(tried);
  stack.fails.clear();
  expect((await stack.preview(version)).said).toEqual(lines);
  expect((await stack.up(version)).ran.map((event) => WOULD[event as keyof typeof WOULD])).toEqual(lines);
});

test('a preview of a change after a failed resource of an installation, which is the installation', async () => {
  const stack = await opened();
  await stack.up('1', {}, () => {
    throw new Error('not ready');
  });
  expect((await stack.preview('2')).said).toEqual(install);
});

test('a preview of what was installed in two attempts, back to the first: that was never deployed, so it is no rollback', async () => {
  const stack = await opened();
  stack.fails.add('post-install');
  await stack.up('1');
  stack.fails.clear();
  await stack.up('2');
  expect((await stack.preview('1')).said).toEqual(upgrade);
  expect((await stack.up('1')).ran).toEqual(['pre-upgrade', 'post-upgrade']);
});

test('a preview of a release whose state was lost, which goes on as an upgrade', async () => {
  const stack = await opened('1');
  stack.brackets.opening = stack.brackets.closing = undefined;
  expect((await stack.preview('2')).said).toEqual(upgrade);
});

test('a preview of a setting that is changed while post-upgrade hooks have yet to run', async () => {
  const stack = await opened('1');
  stack.fails.add('post-upgrade');
  await stack.up('2');
  const setting = { settings: { ...SETTINGS, timeoutSeconds: 60 } };
  expect((await stack.preview('2', setting)).said).toEqual([WOULD['post-upgrade']]);
  stack.fails.clear();
  expect((await stack.up('2', setting)).ran).toEqual(['post-upgrade']);
});

test('a preview of a change of a release whose claim is gone, which is an installation', async () => {
  const stack = await opened('1', '2');
  await stack.cluster.delete({ apiVersion: 'v1', kind: 'Secret', name: 'cdk8s-lifecycle.v1.web', namespace: 'shop' }, { propagation: 'background' });
  expect((await stack.preview('3')).said).toEqual(install);
});

const unreachable = new ClusterError('unreachable', { verb: 'get', target: 'Secret' }, 'ECONNREFUSED');
test.each<[string, (stack: BracketStack) => void]>([
  ['cannot be reached', ({ cluster }) => void jest.spyOn(cluster, 'get').mockRejectedValue(unreachable)],
  ['does not answer in time', ({ cluster }) => void jest.spyOn(cluster, 'get').mockReturnValue(new Promise(() => undefined))],
  ['is not known', (stack) => (stack.connect = () => {
    throw new LifecycleError('bad-input', 'there is no kubeconfig');
  })],
])('previews do without a cluster that %s', async (_, breakIt) => {
  const stack = await opened('1');
  breakIt(stack);
  const { said, error } = await stack.preview('2');
  expect([said, error, stack.open]).toEqual([upgrade, undefined, 0]);
});

test('a defect is no cluster that cannot be reached', async () => {
  const stack = await opened('1');
  const defect = new TypeError('x is not a function');
  jest.spyOn(stack.cluster, 'get').mockRejectedValue(defect);
  expect([(await stack.preview('2')).error, stack.open]).toEqual([defect, 0]);
});

test('what follows a preview in the same process is none', async () => {
  const stack = await opened('1');
  await stack.preview('2');
  expect((await stack.up('2')).said.filter((line) => line.includes('would run'))).toEqual([]);
});
