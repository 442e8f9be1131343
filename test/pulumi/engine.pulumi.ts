import { resolve } from 'node:path';
import * as pulumi from '@pulumi/pulumi';
import { Stack } from './engine';

/* Pulumi's real engine does what tests of releases rely on. */

const CREATE = 'if (inputs.refuse) throw new Error("refused: " + inputs.refuse); return { id: "1", outs: inputs };';
const NEVER_ENDS = 'console.log("it has begun"); await new Promise((resolve) => setTimeout(resolve, 600000));';

/** A resource of a dynamic provider whose code is a constant. */
class Note extends pulumi.CustomResource {
  constructor(name: string, inputs: pulumi.Inputs, options?: pulumi.CustomResourceOptions, create = CREATE) {
    super('pulumi-nodejs:dynamic/test:Note', name, { ...inputs, __provider: `exports.handler = () => ({ create: async (inputs) => { ${create} } });` }, options);
  }
}

const nothing = () => undefined;

let stack: Stack;

beforeEach(async () => {
  stack = await Stack.create();
});

afterEach(() => stack.remove());

test('a program goes up, stays as it is, and is destroyed in reverse order', async () => {
  const program = () => {
    const first = new Note('first', { text: 'one' });
    new Note('second', { text: 'two' }, { dependsOn: [first] });
    return { id: first.id, password: pulumi.secret('a canary') };
  };
  const up = await stack.up(program);
  expect(up).toMatchObject({ failed: false, changes: { create: 3 }, outputs: { id: '1', password: '[secret]' } });
  expect(up.steps.map(({ op, name }) => [op, name])).toEqual([['create', 'first'], ['create', 'second']]);
  expect(await stack.up(program)).toMatchObject({ failed: false, changes: { same: 3 } });
  const gone = await stack.destroy();
  expect(gone.steps.map(({ op, name }) => [op, name])).toEqual([['delete', 'second'], ['delete', 'first']]);
  expect(stack.state()).toEqual({ resources: [], pendingOperations: [] });
  expect(stack.everythingWritten().includes('a canary')).toBe(false);
});

test('what depends on a resource that fails is not made', async () => {
  const up = await stack.up(() => {
    const first = new Note('first', { refuse: 'not today' });
    new Note('second', {}, { dependsOn: [first] });
  });
  expect(up).toMatchObject({ failed: true, steps: [{ name: 'first', failed: true }] });
  expect(up.diagnostics).toContainEqual({ name: 'first', severity: 'error', message: 'refused: not today\n', ephemeral: false });
});

test.each([
  ['a program that throws', () => { throw new Error('thought of too late'); }],
  ['an output that throws', () => void pulumi.output(1).apply(() => { throw new Error('thought of too late'); })],
])('%s fails the run, and not the test', async (_what, body) => {
  const up = await stack.up(body);
  expect(up.failed).toBe(true);
  expect(up.output).toContain('thought of too late');
});

test('an engine that is killed leaves a lock, which is cancelled', async () => {
  const run = await stack.begin(() => void new Note('slow', {}, {}, NEVER_ENDS));
  await run.says('it has begun');
  await run.kill();
  expect(await run.outcome).toMatchObject({ failed: true });
  expect((await stack.up(nothing)).output).toContain('the stack is currently locked');
  await stack.cancel();
  const next = await stack.up(nothing);
  expect(next).toMatchObject({ failed: false });
  expect(next.output).toContain('interrupted while creating');
});

test('a provider finds the packages of the project, and this repository as one of them', async () => {
  const create = 'return { id: "1", outs: { found: Object.keys(require("cdk8s-lifecycle/runner")), from: require.resolve("cdk8s-lifecycle/runner") } };';
  const up = await stack.up(() => void new Note('packages', {}, {}, create));
  expect(up.failed).toBe(false);
  const { outputs } = stack.state().resources.find(({ type }) => type.endsWith(':Note'))!;
  expect(outputs).toMatchObject({ from: resolve(__dirname, '../../lib/runner.js'), found: expect.arrayContaining(['KubernetesCluster']) as string[] });
});
