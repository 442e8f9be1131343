import { BracketError, PartialBracketError } from '../../src/pulumi/bracket-error';
import { BracketInputs, Side } from '../../src/pulumi/bracket-state';
import { job, withMetadata } from '../release/manifests';
import { BracketStack, KeptBracket, Told, inputsOf, opened } from './bracket-stack';

const SETTINGS = inputsOf('1').settings;


/** A bracket without what it was told. */
function found({ state }: KeptBracket): object {
  const { schemaVersion, event, pending, revision, history, ran, runId } = state;
  return { schemaVersion, event, pending, revision, history, ran: ran.map((hook) => `${hook.event} ${hook.verdict}`), hasRun: typeof runId === 'string' };
}

describe('what runs when nothing fails', () => {
  test('an installation, of which everything is kept but that it was no preview', async () => {
    const stack = await opened();
    expect((await stack.up('1')).ran).toEqual(['pre-install', 'post-install']);
    const { opening, closing } = stack.brackets as Record<Side, KeptBracket>;
    const common = { schemaVersion: 1, pending: undefined, revision: 1, history: [], hasRun: true };
    expect(found(opening)).toEqual({ ...common, event: 'pre-install', ran: ['pre-install succeeded'] });
    expect(found(closing)).toEqual({ ...common, event: 'post-install', ran: ['post-install succeeded'] });
    expect(opening.state).toMatchObject({ ...inputsOf('1'), side: 'opening', self: 'urn:opening' });
    expect(closing.state).toMatchObject({ opening: opening.id, openRun: opening.state.runId, openEvent: 'pre-install' });
    expect(['dryRun' in opening.state, opening.id === closing.id, stack.open]).toEqual([false, false, 0]);
  });

  test.each<[string, readonly string[], string, Partial<BracketInputs>, readonly string[]]>([
    ['the same again', ['1'], '1', {}, []],
    ['a change', ['1'], '2', {}, ['pre-upgrade', 'post-upgrade']],
    ['another change', ['1', '2'], '3', {}, ['pre-upgrade', 'post-upgrade']],
    ['what was deployed before', ['1', '2'], '1', {}, ['pre-rollback', 'post-rollback']],
    ['what was deployed before the last', ['1', '2', '3'], '1', {}, ['pre-rollback', 'post-rollback']],
    ['forward again', ['1', '2', '1'], '2', {}, ['pre-upgrade', 'post-upgrade']],
    ['back, where that is no rollback', ['1', '2'], '1', { settings: { ...SETTINGS, rollback: 'never' } }, ['pre-upgrade', 'post-upgrade']],
    ['a trigger', ['1'], '1', { trigger: { build: 5 } }, ['pre-upgrade', 'post-upgrade']],
    ['a setting', ['1'], '1', { settings: { ...SETTINGS, timeoutSeconds: 60 } }, []],
    ['a connection', ['1'], '1', { connection: { context: 'other' } }, []],
    ['a holder of another name', ['1'], '1', { holder: 'urn:renamed' }, []],
  ])('%s: after %j comes %s', async (_, before, version, more, ran) => {
    const stack = await opened(...before);
    const told = await stack.up(version, more);
    expect([told.ran, told.error]).toEqual([ran, undefined]);
  });

  test('inputs that run nothing are kept, and with them what was known', async () => {
    const stack = await opened('1', '2');
    const was = stack.brackets.opening!;
    await stack.up('2', { connection: { context: 'other' } });
    expect(stack.brackets.opening).toEqual({ ...was, state: { ...was.state, connection: { context: 'other' } } });
  });

  test('a change counts, and remembers what was deployed before', async () => {
    const stack = await opened('1', '2', '3');
    expect(found(stack.brackets.opening!)).toMatchObject({ event: 'pre-upgrade', revision: 3, history: ['1', '2'] });
    await stack.up('1');
    expect([stack.brackets.opening, stack.brackets.closing].map((each) => each!.state.history)).toEqual([[], []]);
  });

  test('a deletion, after which there is nothing', async () => {
    const stack = await opened('1', '2');
    expect((await stack.destroy()).ran).toEqual(['pre-delete', 'post-delete']);
    expect([await stack.jobs(), (await stack.cluster.list({ apiVersion: 'v1', kind: 'Secret', namespace: 'shop' })).length]).toEqual([[], 0]);
  });

  test('a rollback runs what only the hooks know that are left', async () => {
    const stack = await opened('1');
    await stack.up('2', { hooks: [...inputsOf('2').hooks, job('drain', { on: 'pre-rollback-from-source' }), job('report', { on: 'post-rollback-from-source' })] });
    expect((await stack.up('1')).ran).toEqual(['pre-rollback', 'pre-rollback-from-source', 'post-rollback', 'post-rollback-from-source']);
  });

  test('the namespace is made where that is wanted', async () => {
    const stack = await opened();
    const { ran, said } = await stack.up('1', { namespace: 'new', settings: { ...SETTINGS, createNamespace: true } });
    expect([ran, said[0]]).toEqual([['pre-install', 'post-install'], 'created Namespace/new']);
  });
});

interface Failure {
  /** The hook that fails. */
  readonly fails: string;
  /** What was deployed before, and what is tried then; destroyed where there is none. */
  readonly before: readonly string[];
  readonly tried?: string;
  /** What is kept: which bracket, and what of it is pending. */
  readonly kept: Readonly<Partial<Record<Side, string | undefined>>>;
  /** Whether Pulumi keeps the new state. */
  readonly partial: boolean;
  readonly says: RegExp;
  /** Hooks of the next time: of the same again, of what was before, and of a destruction. */
  readonly again: readonly string[];
  readonly reverted: readonly string[];
  readonly destroyed: readonly string[];
}

const FAILURES: readonly Failure[] = [
  {
    fails: 'pre-install',
    before: [],
    tried: '1',
    kept: { opening: 'pre-install' },
    partial: true,
    says: /Nothing of the release was created\. The next pulumi up runs these hooks again; pulumi destroy removes what they have left\.$/,
    again: ['pre-install', 'post-install'],
    reverted: ['pre-install', 'post-install'],
    destroyed: [],
  },
  {
    fails: 'post-install',
    before: [],
    tried: '1',
    kept: { opening: undefined, closing: 'post-install' },
    partial: true,
    says: /The resources of the release are in place\. The next pulumi up runs only the post-install hooks again\.$/,
    again: ['post-install'],
    reverted: ['pre-install', 'post-install'],
    destroyed: ['pre-delete', 'post-delete'],
  },
  {
    fails: 'pre-upgrade',
    before: ['1'],
    tried: '2',
    kept: { opening: undefined, closing: undefined },
    partial: false,
    says: /Nothing of the release was changed\. The next pulumi up runs these hooks again; if the change is taken back, there is nothing to do\.$/,
    again: ['pre-upgrade', 'post-upgrade'],
    reverted: [],
    destroyed: ['pre-delete', 'post-delete'],
  },
  {
    fails: 'post-upgrade',
    before: ['1'],
    tried: '2',
    kept: { opening: undefined, closing: 'post-upgrade' },
    partial: true,
    says: /The next pulumi up runs only the post-upgrade hooks again\.$/,
    again: ['post-upgrade'],
    reverted: ['pre-rollback', 'post-rollback'],
    destroyed: ['pre-delete', 'post-delete'],
  },
  {
    fails: 'pre-rollback',
    before: ['1', '2'],
    tried: '1',
    kept: { opening: undefined, closing: undefined },
    partial: false,
    says: /Nothing of the release was changed\./,
    again: ['pre-rollback', 'post-rollback'],
    reverted: [],
    destroyed: ['pre-delete', 'post-delete'],
  },
  {
    fails: 'post-rollback',
    before: ['1', '2'],
    tried: '1',
    kept: { opening: undefined, closing: 'post-rollback' },
    partial: true,
    says: /The next pulumi up runs only the post-rollback hooks again\.$/,
    again: ['post-rollback'],
    reverted: ['pre-upgrade', 'post-upgrade'],
    destroyed: ['pre-delete', 'post-delete'],
  },
  {
    fails: 'pre-delete',
    before: ['1'],
    kept: { opening: undefined, closing: undefined },
    partial: false,
    says: /Nothing of the release was deleted\. The next pulumi destroy runs these hooks again\. .*pulumi state delete 'urn:closing'$/,
    again: ['pre-delete', 'post-delete'],
    reverted: [],
    destroyed: ['pre-delete', 'post-delete'],
  },
  {
    fails: 'post-delete',
    before: ['1'],
    kept: { opening: undefined },
    partial: false,
    says: /The resources of the release are gone\. The next pulumi destroy runs the post-delete hooks again\. .*pulumi state delete 'urn:opening'$/,
    again: ['post-delete'],
    reverted: ['post-install'],
    destroyed: ['post-delete'],
  },
];

describe.each(FAILURES)('after $fails has failed', ({ fails, before, tried, kept, partial, says, again, reverted, destroyed }) => {
  async function failed(): Promise<{ readonly stack: BracketStack; readonly told: Told }> {
    const stack = await opened(...before);
    stack.fails.add(fails);
    const told = await (tried === undefined ? stack.destroy() : stack.up(tried));
    stack.fails.clear();
    return { stack, told };
  }

  test('it is said, and kept what has to be', async () => {
    const { stack, told } = await failed();
    expect(told.ran.at(-1)).toBe(`${fails} FAILED`);
    expect([told.error instanceof BracketError, told.error instanceof PartialBracketError]).toEqual([true, partial]);
    expect(told.error!.message).toMatch(says);
    expect(told.error!.message).toContain(`Hook ${fails} Job/${fails} failed`);
    expect(told.error!.message).toContain('The last lines it printed:\n  no luck\n');
    expect(Object.fromEntries(Object.entries(stack.brackets).map(([side, { state }]) => [side, state.pending]))).toEqual(kept);
    expect(stack.open).toBe(0);
  });

  test('the same again', async () => {
    const { stack } = await failed();
    const told = await (tried === undefined ? stack.destroy() : stack.up(tried));
    expect([told.ran, told.error]).toEqual([again, undefined]);
    const { ran, error } = await (tried === undefined ? stack.destroy() : stack.up(tried));
    expect([ran, error]).toEqual([[], undefined]);
  });

  if (reverted) {
    test('back to what was before', async () => {
      const { stack } = await failed();
      const told = await stack.up(before.at(-1) ?? 'another');
      expect([told.ran, told.error]).toEqual([reverted, undefined]);
    });
  }

  test('destroyed, nothing is left', async () => {
    const { stack } = await failed();
    const told = await stack.destroy();
    expect([told.ran, told.error]).toEqual([destroyed, undefined]);
    expect([await stack.jobs(), (await stack.cluster.list({ apiVersion: 'v1', kind: 'Secret', namespace: 'shop' })).length]).toEqual([[], 0]);
  });
});

test('a hook that fails calls for those that tell of it, and for those that run in any case; what fails among them is a warning', async () => {
  const down = withMetadata(job('page-down', { on: 'post-upgrade', weight: 9 }), { annotations: { 'cdk8s-lifecycle/always': 'true' } });
  const hooks = [...inputsOf('2').hooks, job('tell', { on: 'on-failure' }), down];
  const stack = await opened('1');
  stack.fails.add('pre-upgrade').add('tell');
  const { ran, said, error } = await stack.up('2', { hooks });
  expect(ran).toEqual(['pre-upgrade FAILED', 'on-failure FAILED', 'post-upgrade']);
  expect(said).toContain('! After that: Hook on-failure Job/tell failed: container "main" exited 1 (after 2.0 s)');
  expect(error!.message).toMatch(/^Hook pre-upgrade Job\/pre-upgrade failed/);
  stack.fails.clear();
  expect((await stack.up('2', { hooks })).ran).toEqual(['pre-upgrade', 'post-upgrade', 'post-upgrade']);
});

describe('a resource between the brackets that fails', () => {
  const broken = () => {
    throw new Error('the Deployment is not ready');
  };

  test.each<[string, readonly string[], string, string, readonly string[]]>([
    ['of an installation, the same again', [], '1', '1', ['post-install']],
    ['of an installation, changed', [], '1', '2', ['pre-install', 'post-install']],
    ['of an upgrade, the same again', ['1'], '2', '2', ['post-upgrade']],
    ['of an upgrade, reverted', ['1'], '2', '1', ['pre-rollback', 'post-rollback']],
    ['of an upgrade, changed', ['1'], '2', '3', ['pre-upgrade', 'post-upgrade']],
  ])('%s', async (_, before, tried, then, ran) => {
    const stack = await opened(...before);
    expect((await stack.up(tried, {}, broken)).error?.message).toBe('the Deployment is not ready');
    expect((await stack.up(then)).ran).toEqual(ran);
  });

  test('of an installation that is destroyed runs no hook of a deletion before it', async () => {
    const stack = await opened();
    await stack.up('1', {}, broken);
    expect((await stack.destroy()).ran).toEqual(['post-delete']);
  });
});

describe('what is replaced', () => {
  test.each([
    ['release', { release: 'other' }, ['release']],
    ['namespace', { namespace: 'other' }, ['namespace']],
    ['digest', { digest: '2' }, []],
  ] as const)('a change of %s', async (_, change, replaces) => {
    const stack = await opened('1');
    expect(await stack.diff('opening', change)).toEqual({ changes: true, replaces });
  });

  test('nothing, where nothing has changed', async () => {
    expect(await (await opened('1')).diff('opening', {})).toEqual({ changes: false, replaces: [] });
  });
});
