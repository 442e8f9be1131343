import { EngineName, portability, portabilityMarkdown } from '../../../src/lint';
import { hook, job, pod, resource } from '../objects';

function rows(engine: EngineName, ...objects: readonly object[]) {
  return portability(objects.map((value) => ({ place: {}, value })), engine).hooks;
}

const DROPPED = job({ on: 'pre-rollback-from-source', name: 'down' });

describe.each<[EngineName, string, string]>([
  ['helm3', 'deletes the object of the last run, waits until it is gone, and creates it', 'what a run leaves makes the next one fail with "already exists"'],
  ['helm4', 'deletes the object of the last run and applies it at once, without waiting until it is gone', 'of what a run leaves, the next one takes the old verdict and runs nothing'],
  ['flux', 'deletes the object of the last run and applies it at once, without waiting until it is gone', 'of what a run leaves, the next one takes the old verdict and runs nothing'],
])('%s', (engine, replaces, leftover) => {
  test('a Job', () => {
    expect(rows(engine, job({ weight: '5', on: 'post-install,pre-upgrade', annotations: { 'helm.sh/hook-output-log-policy': 'hook-failed' } }), resource('ConfigMap', 'a'))).toEqual([
      {
        hook: 'Job/migrate',
        events: 'post-install,pre-upgrade',
        weight: '5',
        does: [
          'runs it at post-install, pre-upgrade with weight 5, one hook after the other', 'waits until it has ended', replaces, 'prints its logs when it has ended (3.18 and later)',
        ],
        loses: [],
      },
    ]);
  });

  test('a policy without before-hook-creation', () => {
    expect(rows(engine, job({ policies: 'hook-succeeded' }))[0].does).toEqual(expect.arrayContaining(['deletes it when all hooks of the event have succeeded', leftover]));
  });

  test('an event of ours', () => {
    expect(rows(engine, DROPPED)[0]).toMatchObject({
      does: ['drops the object: it is neither hook nor resource'], loses: ['everything, for it does not know pre-rollback-from-source'],
    });
  });

  test('what it ignores', () => {
    const loose = job({ weight: '1.5', policies: 'never', annotations: { 'helm.sh/resource-policy': 'keep', 'cdk8s-lifecycle/after': '' }, spec: { ttlSecondsAfterFinished: 0 } });
    expect(rows(engine, loose)[0].loses).toEqual([
      'the weight, which it cannot read and takes for 0',
      'the policy "never", which it does not know, and with it its default',
      'the resource policy, which it ignores on hooks',
      engine === 'helm3' ? 'a Job that is deleted before it ends counts as done' : 'a Job that is deleted before it ends is waited for until the timeout',
      'running beside hooks that it does not depend on',
    ]);
  });

  test('what it does not wait for', () => {
    expect(rows(engine, hook('ConfigMap'))[0].does).toContain('goes on as soon as it is created');
  });

  test('a definition is never deleted', () => {
    expect(rows(engine, hook('CustomResourceDefinition'))[0].does.at(-1)).toMatch(/^the definition is never deleted/);
  });
});

test('Flux runs tests only where it is told to', () => {
  expect(rows('flux', pod())[0].does[0]).toBe('runs it after each install and upgrade where `spec.test.enable` is true, else never');
});

describe('argocd', () => {
  test.each<[string, string[], string[]]>([
    ['pre-install', ['runs it as PreSync, in wave 0'], ['that it is of the install only: it runs at every sync']],
    ['pre-install,pre-upgrade', ['runs it as PreSync, in wave 0'], []],
    ['pre-upgrade', ['runs it as PreSync, in wave 0'], ['that it is of upgrades only: it runs at the first sync, too']],
    ['post-install,pre-upgrade', ['runs it as PostSync and PreSync, in wave 0'], ['that it is of upgrades only: it runs at the first sync, too', 'that it is of the install only: it runs at every sync']],
    ['pre-delete,post-delete', ['runs it as PreDelete and PostDelete, in wave 0'], []],
    ['post-install,post-upgrade,pre-rollback', ['runs it as PostSync, in wave 0'], ['the events pre-rollback, which it does not have']],
    ['pre-install,pre-upgrade,no-such', ['runs it as PreSync, in wave 0'], ['the events no-such, which it does not have']],
  ])('%s', (on, does, loses) => {
    expect(rows('argocd', job({ on }))[0]).toMatchObject({ does: [...does, 'deletes it by BeforeHookCreation'], loses });
  });

  test.each(['test', 'pre-rollback', 'post-rollback,test', 'pre-rollback-from-source', 'no-such'])('%s is not applied at all', (on) => {
    expect(rows('argocd', job({ on }))[0]).toMatchObject({ does: ['does not apply the object'], loses: [`everything, for it has no ${on.split(',').join(', ')}`] });
  });

  test.each<[string | null, string]>([
    [null, 'BeforeHookCreation'],
    ['hook-succeeded', 'HookSucceeded'],
    ['before-hook-creation,hook-failed', 'BeforeHookCreation, HookFailed'],
    ['never', 'BeforeHookCreation'],
  ])('the policies %j become %s', (policies, expected) => {
    expect(rows('argocd', job({ policies }))[0].does.at(-1)).toBe(`deletes it by ${expected}`);
  });

  test('hooks of one weight run together', () => {
    const [first, second, third] = rows('argocd', job({ name: 'a', on: 'pre-install,pre-upgrade' }), hook('ConfigMap', { name: 'b' }), job({ name: 'c', weight: '5' }));
    expect([first, second, third].map(({ loses }) => loses.filter((each) => each.includes('beside')))).toEqual([
      ['its order among those of the same weight: it runs beside ConfigMap/b'], ['its order among those of the same weight: it runs beside Job/a'], [],
    ]);
  });

  test("an object with Argo CD's own annotations goes by those", () => {
    const own = { 'argocd.argoproj.io/hook': 'PreSync' };
    expect(rows('argocd', job({ annotations: own }))[0].does).toEqual(['goes by argocd.argoproj.io/hook: PreSync']);
    const wave = { 'argocd.argoproj.io/sync-wave': '7', 'argocd.argoproj.io/hook-delete-policy': 'HookFailed' };
    expect(rows('argocd', job({ on: 'pre-delete', policies: null, annotations: wave }))[0].does).toEqual(['runs it as PreDelete, in wave 7', 'deletes it by HookFailed']);
  });
});

describe('the table', () => {
  const markdown = (...objects: readonly object[]) => portabilityMarkdown(portability(objects.map((value) => ({ place: {}, value })), 'argocd')).split('\n');

  test('it has a row for each hook, and what holds for all below', () => {
    const lines = markdown(job({ weight: '1' }), pod({ name: 'smoke' }), resource('ConfigMap', 'a'));
    expect(lines.slice(0, 7)).toEqual([
      '## Hooks under Argo CD',
      '',
      '| hook | events | weight | what Argo CD does | what is lost |',
      '|---|---|---|---|---|',
      '| Job/migrate | pre-upgrade | 1 | runs it as PreSync, in wave 1; deletes it by BeforeHookCreation | that it is of upgrades only: it runs at the first sync, too |',
      '| Pod/smoke | test |  | does not apply the object | everything, for it has no test |',
      '',
    ]);
    expect(lines.slice(7).every((line) => line.startsWith('- '))).toBe(true);
  });

  test('nothing in a name breaks it', () => {
    expect(markdown(pod({ name: 'a|b\n| c |' }))[4]).toMatch(/^\| Pod\/a\\\|b \\\| c \\\| \| test \|/);
  });

  test('without hooks there is none', () => {
    expect(markdown(resource('ConfigMap', 'a'))).toEqual(['## Hooks under Argo CD', '', 'The manifests hold no hooks.']);
  });
});
