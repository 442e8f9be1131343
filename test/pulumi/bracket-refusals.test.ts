import { BracketError, PartialBracketError } from '../../src/pulumi/bracket-error';
import { Side } from '../../src/pulumi/bracket-state';
import { LifecycleError } from '../../src/vocabulary';
import { job } from '../release/manifests';
import { KeptBracket, inputsOf, opened } from './bracket-stack';

const SETTINGS = inputsOf('1').settings;

describe('whose release it is', () => {
  const OTHER = { holder: 'urn:other' };

  test('that of another is refused, nothing runs and nothing is kept', async () => {
    const stack = await opened('1');
    stack.brackets.opening = stack.brackets.closing = undefined;
    const { ran, error } = await stack.up('1', OTHER);
    expect([ran, stack.brackets.opening, error instanceof PartialBracketError]).toEqual([[], undefined, false]);
    expect(error!.message).toMatch(/^Release "web" in namespace shop belongs to another: urn:web\n.*alias.*\nNo hook has run\.$/s);
  });

  test('that of another is taken over by who says so', async () => {
    const stack = await opened('1');
    const theirs = { ...stack.brackets };
    stack.brackets.opening = stack.brackets.closing = undefined;
    const { ran } = await stack.up('1', { ...OTHER, settings: { ...SETTINGS, takeOwnership: true } });
    expect(ran).toEqual(['pre-upgrade', 'post-upgrade']);
    for (const side of ['closing', 'opening'] as const) {
      const { ran: none, said, error } = await stack.deleteReplaced(side, theirs[side]!);
      const event = side === 'closing' ? 'pre-delete' : 'post-delete';
      expect([none, said, error]).toEqual([[], [`! ${event} hooks do not run: the release lives on, what is deleted here was replaced`], undefined]);
    }
  });

  test('one whose state was lost goes on as an upgrade', async () => {
    const stack = await opened('1');
    stack.brackets.opening = stack.brackets.closing = undefined;
    const { ran } = await stack.up('2');
    expect([ran, stack.brackets.opening!.state.revision]).toEqual([['pre-upgrade', 'post-upgrade'], 2]);
  });

  test('a pre-install that fails a second time, for another reason, changes nothing of what is kept', async () => {
    const stack = await opened();
    stack.fails.add('pre-install');
    await stack.up('1');
    const was = stack.brackets.opening;
    const { error } = await stack.up('2');
    expect(error!.message).toMatch(/Nothing of the release was changed\. The next pulumi up runs these hooks again\.$/);
    expect([error instanceof PartialBracketError, stack.brackets.opening]).toEqual([false, was]);
  });

  test('one whose state was lost, and whose pre-upgrade fails, goes on with it', async () => {
    const stack = await opened('1');
    stack.brackets.opening = stack.brackets.closing = undefined;
    stack.fails.add('pre-upgrade');
    const { error } = await stack.up('2');
    expect(error!.message).toMatch(/Nothing of the release was changed\. The next pulumi up runs these hooks again\.$/);
    stack.fails.clear();
    expect((await stack.up('2')).ran).toEqual(['pre-upgrade', 'post-upgrade']);
  });

  test('a bracket that was replaced runs nothing when it goes', async () => {
    const stack = await opened('1');
    const replaced = stack.brackets.opening!;
    stack.brackets.opening = undefined;
    expect((await stack.up('1')).ran).toEqual(['pre-upgrade', 'post-upgrade']);
    expect((await stack.deleteReplaced('opening', replaced)).ran).toEqual([]);
    expect((await stack.destroy()).ran).toEqual(['pre-delete', 'post-delete']);
  });

  test('where its namespace is gone, no hook runs and nothing fails', async () => {
    const stack = await opened('1');
    await stack.cluster.delete({ apiVersion: 'v1', kind: 'Namespace', name: 'shop' }, { propagation: 'foreground' });
    const { ran, said, error } = await stack.destroy();
    const gone = '! Namespace shop is gone, and the release with it: no hook runs';
    expect([ran, said, error]).toEqual([[], [gone, gone], undefined]);
  });
});

describe('what cannot begin', () => {
  const REFUSED = new LifecycleError('bad-input', 'there is no kubeconfig', { remedy: 'Name one.' });
  const throwing = (error: Error) => () => {
    throw error;
  };

  test('an opening without a connection keeps nothing', async () => {
    const stack = await opened();
    stack.connect = throwing(REFUSED);
    const { error } = await stack.up('1');
    expect([error instanceof PartialBracketError, error!.message, stack.brackets]).toEqual([false, 'there is no kubeconfig\nName one.\nNo hook has run.', {}]);
  });

  test('a closing without a connection is kept, as what it closes is there', async () => {
    const stack = await opened();
    const { error } = await stack.up('1', {}, () => (stack.connect = throwing(REFUSED)));
    expect([error instanceof PartialBracketError, error!.message]).toEqual([
      true, 'there is no kubeconfig\nName one.\nThe resources of the release are in place. The next pulumi up runs only the post-install hooks again.',
    ]);
    expect(stack.brackets.closing!.state).toMatchObject({ pending: 'post-install', event: 'post-install', ran: [] });
    stack.connect = () => stack.cluster;
    expect((await stack.up('1')).ran).toEqual(['post-install']);
  });

  test('an update or a deletion without a connection changes nothing', async () => {
    const stack = await opened('1');
    stack.connect = throwing(REFUSED);
    for (const operation of [stack.up('2'), stack.destroy()]) {
      const { error } = await operation;
      expect([error instanceof PartialBracketError, error!.message]).toEqual([false, 'there is no kubeconfig\nName one.\nNo hook has run.']);
    }
    stack.connect = () => stack.cluster;
    expect((await stack.up('1')).ran).toEqual([]);
  });

  test('a defect stays what it is, and keeps nothing', async () => {
    const stack = await opened('1');
    const defect = new TypeError('x is not a function');
    stack.connect = throwing(defect);
    expect([(await stack.up('2')).error, (await stack.destroy()).error]).toEqual([defect, defect]);
  });

  test('hooks in the state that nobody can read any more are named', async () => {
    const stack = await opened();
    const { error } = await stack.up('1', { hooks: [job('migrate', { on: 'pre-install', weight: 'heavy' })] });
    expect([error instanceof BracketError, error!.message]).toEqual([true, expect.stringMatching(/heavy.*\nNo hook has run\.$/s)]);
  });

  test.each(['up', 'destroy'] as const)('the state of a newer version is refused: %s', async (operation) => {
    const stack = await opened('1');
    const { opening, closing } = stack.brackets as Record<Side, KeptBracket>;
    stack.brackets.opening = { ...opening, state: { ...opening.state, schemaVersion: 2 } };
    stack.brackets.closing = { ...closing, state: { ...closing.state, schemaVersion: 2 } };
    const { ran, error } = await (operation === 'up' ? stack.up('2') : stack.destroy());
    expect([ran, error!.message]).toEqual([[], expect.stringMatching(
      /^The state of urn:(opening|closing) was written by a newer cdk8s-lifecycle \(schema 2, this one knows 1\)\nInstall at least that version .*\nNo hook has run\.$/,
    )]);
  });
});
