import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LifecycleEvent, planResume } from '../../../src/lifecycle';
import { journalName, readJournalSecret } from '../../../src/release';
import { TextReporter, planText } from '../../../src/report';
import { configMap, deployment, job, object, withMetadata } from '../../release/manifests';
import { Shop } from '../harness';
import { FAILS, MIGRATE, NOTIFY, PAGE_DOWN, WARM, after, always, hooks, told, upgraded } from './failing-upgrade';
import { FaultyCluster } from './faulty-cluster';

describe('an operation that succeeds', () => {
  test('runs the hooks that run in any case at their place, and none of those for a failure', async () => {
    const run = await upgraded({}, [MIGRATE, WARM, PAGE_DOWN, NOTIFY]);
    expect([run.outcome.status, hooks(run)]).toEqual(['succeeded', [
      'pre-upgrade migrate started', 'pre-upgrade migrate succeeded',
      'post-upgrade warm started', 'post-upgrade warm succeeded', 'post-upgrade page-down started', 'post-upgrade page-down succeeded',
    ]]);
  });
});

describe('after a failure', () => {
  test('the hooks for it run, then those that run in any case, and only then the revision is recorded as failed', async () => {
    const run = await upgraded({ migrate: FAILS }, [MIGRATE, WARM, PAGE_DOWN, NOTIFY]);
    expect(told(run)).toEqual([
      'record 2 pending-upgrade',
      'pre-upgrade migrate started', 'pre-upgrade migrate failed',
      'on-failure notify started', 'on-failure notify succeeded',
      'post-upgrade page-down started', 'post-upgrade page-down succeeded',
      'record 2 failed',
    ]);
    expect(run.outcome).toMatchObject({ status: 'failed', error: { message: 'Hook pre-upgrade Job/migrate failed: container "main" exited 1 (after 2.0 s)' } });
    expect(run.outcome).not.toHaveProperty('alsoFailed');
  });

  const LATE = [job('warm', { on: 'post-upgrade' }), job('later', { on: 'post-upgrade', weight: 1 }), PAGE_DOWN, NOTIFY];
  const CATCH = ['on-failure notify started', 'on-failure notify succeeded', 'post-upgrade page-down started', 'post-upgrade page-down succeeded'];

  test('of a hook after the resources, those that run in any case run all the same, and no other', async () => {
    const run = await upgraded({ warm: FAILS }, LATE);
    expect(hooks(run)).toEqual(['post-upgrade warm started', 'post-upgrade warm failed', ...CATCH]);
  });

  test('of a hook whose time is over, they start when it has been stopped', async () => {
    const run = await upgraded({ warm: { for: '1h' } }, LATE, { timeoutSeconds: 30 });
    expect(hooks(run)).toEqual(['post-upgrade warm started', 'post-upgrade warm waits: it is being stopped', 'post-upgrade warm timed-out', ...CATCH]);
  });

  test('of a resource, they run', async () => {
    const run = await upgraded({}, [...LATE, withMetadata(configMap('lost'), { namespace: 'nowhere' })]);
    expect(run.outcome.error).toMatchObject({ code: 'apply-failed' });
    expect(hooks(run).slice(-4)).toEqual(CATCH);
  });

  test('of the wait for the resources, they run', async () => {
    const shop = await Shop.open({ neverReady: ['web'] });
    await shop.install([configMap('settings')]);
    const run = await shop.upgrade([...LATE, deployment('web')], { wait: true, timeoutSeconds: 60 });
    expect(run.outcome.error).toMatchObject({ code: 'timeout' });
    expect(hooks(run).slice(-4)).toEqual(CATCH);
  });

  test('of a hook that runs in any case, it does not run again; the others do', async () => {
    const first = always(job('first', { on: 'post-upgrade' }));
    const run = await upgraded({ first: FAILS }, [first, PAGE_DOWN, NOTIFY]);
    expect(hooks(run)).toEqual(['post-upgrade first started', 'post-upgrade first failed', ...CATCH]);
  });

  test('hooks beside the failed one come to their end first', async () => {
    const beside = (name: string) => after(job(name, { on: 'pre-upgrade' }), '');
    const run = await upgraded({ a: { for: '2s', exitCode: 1 }, b: { for: '20s' } }, [beside('a'), beside('b'), NOTIFY]);
    expect(hooks(run)).toEqual([
      'pre-upgrade a started', 'pre-upgrade b started', 'pre-upgrade a failed', 'pre-upgrade b succeeded', 'on-failure notify started', 'on-failure notify succeeded',
    ]);
  });

  test('they may run side by side where their declared order allows it', async () => {
    const jobs = { migrate: FAILS, a: { for: '9s' }, b: { for: '9s' } };
    const run = await upgraded(jobs, [MIGRATE, after(job('a', { on: 'on-failure' }), ''), after(job('b', { on: 'on-failure' }), ''), PAGE_DOWN]);
    expect(hooks(run).slice(2)).toEqual([
      'on-failure a started', 'on-failure b started', 'on-failure a succeeded', 'on-failure b succeeded', 'post-upgrade page-down started', 'post-upgrade page-down succeeded',
    ]);
  });

  test('none runs where hooks are switched off', async () => {
    const shop = await Shop.open({ neverReady: ['web'] });
    await shop.install([configMap('settings')]);
    expect(hooks(await shop.upgrade([...LATE, deployment('web')], { wait: true, timeoutSeconds: 60, hooks: false })).filter((line) => line.includes('started'))).toEqual([]);
  });

  test('what was never recorded has nothing to run', async () => {
    const shop = await Shop.open();
    await shop.cluster.create(withMetadata(configMap('settings'), { namespace: 'shop' }));
    const run = await shop.install([configMap('settings'), NOTIFY, PAGE_DOWN]);
    expect([run.outcome.error?.code, run.story]).toEqual(['refused', []]);
  });
});

describe('what fails after the failure', () => {
  test('is added to it, and keeps nothing from running; the first failure counts', async () => {
    const jobs = { 'migrate': FAILS, 'notify': { exitCode: 2, logs: ['no such channel'] }, 'page-down': { exitCode: 3 } };
    const run = await upgraded(jobs, [MIGRATE, NOTIFY, job('tell', { on: 'on-failure', weight: 1 }), PAGE_DOWN, always(job('thank', { on: 'post-upgrade', weight: 10 }))]);
    expect(hooks(run).slice(2)).toEqual([
      'on-failure notify started', 'on-failure notify | no such channel', 'on-failure notify failed', 'on-failure tell started', 'on-failure tell succeeded',
      'post-upgrade page-down started', 'post-upgrade page-down failed', 'post-upgrade thank started', 'post-upgrade thank succeeded',
    ]);
    const { error, alsoFailed } = run.outcome;
    expect(error!.message).toBe('Hook pre-upgrade Job/migrate failed: container "main" exited 1 (after 2.0 s)');
    expect(alsoFailed).toMatchObject([
      { code: 'hook-failed', message: 'Hook on-failure Job/notify failed: container "main" exited 2 (after 2.0 s)', lastLines: ['no such channel'] },
      { code: 'hook-failed', message: 'Hook post-upgrade Job/page-down failed: container "main" exited 3 (after 2.0 s)' },
    ]);
    expect((await run.shop.last()).info.description).toBe([
      'Upgrade "web" failed: pre-upgrade hooks failed: Hook pre-upgrade Job/migrate failed: container "main" exited 1 (after 2.0 s)',
      'Hook on-failure Job/notify failed: container "main" exited 2 (after 2.0 s)',
      'Hook post-upgrade Job/page-down failed: container "main" exited 3 (after 2.0 s)',
    ].join('; after that: '));
  });

  test('also where the server cannot be reached meanwhile: what runs in any case is tried all the same', async () => {
    const cluster = new FaultyCluster({ jobs: { migrate: FAILS } });
    const shop = await Shop.in(cluster);
    await shop.install([configMap('settings')]);
    cluster.refuse('create', /^Job\/(notify|tell)$/, 'unreachable');
    const { outcome, story } = await shop.upgrade([MIGRATE, NOTIFY, job('tell', { on: 'on-failure', weight: 1 }), PAGE_DOWN]);
    expect(story.slice(3)).toEqual(['on-failure notify started', 'post-upgrade page-down started', 'post-upgrade page-down succeeded', 'record 2 failed']);
    expect(outcome.alsoFailed).toMatchObject([{ code: 'cluster', message: 'cannot create Job/notify: it was refused' }]);
  });

  test('has a time of its own', async () => {
    const notify = withMetadata(NOTIFY, { annotations: { 'cdk8s-lifecycle/timeout': '7s' } });
    const { outcome } = await upgraded({ migrate: FAILS, notify: { for: '1h' } }, [MIGRATE, notify, PAGE_DOWN]);
    expect(outcome.alsoFailed).toMatchObject([{ verdict: { kind: 'timed-out', afterSeconds: 7 } }]);
  });

  test('gives no Secret away', async () => {
    const secret = object('v1', 'Secret', 'token', { stringData: { value: 'swordfish' } });
    const { outcome, shop } = await upgraded({ migrate: FAILS, notify: { exitCode: 1, logs: ['my token is swordfish'] } }, [MIGRATE, NOTIFY, secret]);
    expect(outcome.alsoFailed).toMatchObject([{ lastLines: ['my token is ***'] }]);
    expect(JSON.stringify(await shop.last())).not.toContain('is swordfish');
  });
});

describe('the objects of these hooks', () => {
  const ACCOUNT = always(object('v1', 'ServiceAccount', 'runner', {}, { on: 'post-upgrade', weight: -1, policies: 'before-hook-creation,hook-succeeded' }));

  test('stay until all that run in any case have, and then go by their policies', async () => {
    const down = always(job('page-down', { on: 'post-upgrade', weight: 9, policies: 'before-hook-creation,hook-succeeded' }));
    const run = await upgraded({ warm: FAILS }, [ACCOUNT, WARM, down]);
    expect(hooks(run)).toEqual([
      'post-upgrade runner started', 'post-upgrade runner succeeded', 'post-upgrade warm started', 'post-upgrade warm failed',
      'post-upgrade page-down started', 'post-upgrade page-down succeeded',
      'post-upgrade page-down deleted by hook-succeeded', 'post-upgrade runner deleted by hook-succeeded',
    ]);
  });

  test('of a failed one go by hook-failed', async () => {
    const run = await upgraded({ migrate: FAILS, notify: FAILS }, [MIGRATE, job('notify', { on: 'on-failure', policies: 'before-hook-creation,hook-failed' })]);
    expect(hooks(run).slice(-1)).toEqual(['on-failure notify deleted by hook-failed']);
  });
});

describe('what else follows a failure comes after them', () => {
  test('the clean-up of what was created', async () => {
    const run = await upgraded({ warm: FAILS }, [WARM, NOTIFY, configMap('new')], { cleanupOnFail: true });
    expect(run.story.slice(-4)).toEqual(['on-failure notify started', 'on-failure notify succeeded', 'record 2 failed', 'deleted ConfigMap/new']);
  });

  test('the way back, with hooks of its own', async () => {
    const shop = await Shop.open({ jobs: { migrate: FAILS } });
    await shop.install([configMap('settings'), PAGE_DOWN]);
    const run = await shop.upgrade([MIGRATE, NOTIFY, PAGE_DOWN, configMap('settings', { version: '2' })], { rollbackOnFailure: true });
    expect(told(run)).toEqual([
      'record 2 pending-upgrade', 'pre-upgrade migrate started', 'pre-upgrade migrate failed', 'on-failure notify started', 'on-failure notify succeeded',
      'post-upgrade page-down started', 'post-upgrade page-down succeeded', 'record 2 failed',
      'record 3 pending-rollback', 'unchanged ConfigMap/settings', 'ready', 'post-rollback page-down started', 'post-rollback page-down succeeded', 'record 3 deployed', 'record 1 superseded',
    ]);
    expect(run.outcome).toMatchObject({ status: 'failed', undone: { status: 'succeeded' } });
  });
});

test('a rollback that fails runs the hooks of the revision that it goes back to', async () => {
  const shop = await Shop.open({ jobs: { check: FAILS } });
  await shop.install([configMap('settings'), job('check', { on: 'post-rollback' }), job('tell-1', { on: 'on-failure' }), PAGE_DOWN]);
  await shop.upgrade([configMap('settings', { version: '2' }), job('tell-2', { on: 'on-failure' })]);
  expect(hooks(await shop.rollback(1))).toEqual([
    'post-rollback check started', 'post-rollback check failed', 'on-failure tell-1 started', 'on-failure tell-1 succeeded',
    'post-rollback page-down started', 'post-rollback page-down succeeded',
  ]);
});

describe('an uninstall', () => {
  const BACKUP = job('backup', { on: 'pre-delete' });

  test('whose pre-delete hook fails runs them, and leaves the release as it was', async () => {
    const shop = await Shop.open({ jobs: { backup: FAILS } });
    await shop.install([configMap('settings'), BACKUP, NOTIFY, PAGE_DOWN]);
    const run = await shop.uninstall();
    expect(told(run)).toEqual([
      'pre-delete backup started', 'pre-delete backup failed', 'on-failure notify started', 'on-failure notify succeeded', 'post-delete page-down started', 'post-delete page-down succeeded',
    ]);
    expect([await shop.statuses(), await shop.names('ConfigMap')]).toEqual([['1 deployed'], ['settings']]);
  });

  test('whose post-delete hook fails runs them, and is over all the same', async () => {
    const shop = await Shop.open({ jobs: { sweep: FAILS } });
    await shop.install([configMap('settings'), job('sweep', { on: 'post-delete' }), NOTIFY, PAGE_DOWN]);
    const run = await shop.uninstall();
    expect(hooks(run).slice(0, 6)).toEqual([
      'post-delete sweep started', 'post-delete sweep failed', 'on-failure notify started', 'on-failure notify succeeded', 'post-delete page-down started', 'post-delete page-down succeeded',
    ]);
    expect([run.outcome.status, await shop.statuses()]).toEqual(['failed', []]);
  });
});

test('a test that fails calls for none of them', async () => {
  const shop = await Shop.open({ jobs: { smoke: FAILS } });
  await shop.install([configMap('settings'), job('smoke', { on: 'test' }), NOTIFY, PAGE_DOWN]);
  expect(hooks(await shop.test())).toEqual(['test smoke started', 'test smoke failed']);
});

describe('an upgrade that goes on where it failed', () => {
  test('runs them again: they were of the attempt before', async () => {
    const jobs = { migrate: FAILS };
    const { shop } = await upgraded((each) => ({ ...(each.metadata.name === 'migrate' ? jobs.migrate : {}) }), [job('backup', { on: 'pre-upgrade', weight: -1 }), MIGRATE, NOTIFY, PAGE_DOWN]);
    const journal = readJournalSecret((await shop.get('Secret', journalName('web', 2)))!);
    expect(journal.hooks.map(({ event, hook: { name }, state }) => `${event} ${name} ${state}`)).toEqual([
      'pre-upgrade backup succeeded', 'pre-upgrade migrate failed', 'on-failure notify succeeded', 'post-upgrade page-down succeeded',
    ]);
    jobs.migrate = { exitCode: 0 };
    const plan = planResume(await shop.history(), { operations: ['upgrade'], journal, mask: (text) => text }, { release: 'web', namespace: 'shop' });
    const run = await shop.run(plan);
    expect(hooks(run).filter((line) => /started|skipped/.test(line))).toEqual([
      'pre-upgrade backup skipped: it has succeeded in an earlier attempt', 'pre-upgrade migrate started', 'post-upgrade page-down started',
    ]);
    expect(run.outcome.status).toBe('succeeded');
  });
});

test('it looks as the docs show it, in the plan and in the run', async () => {
  const guide = readFileSync(join(__dirname, '../../../docs/runner.md'), 'utf8');
  const shown = (what: string) => new RegExp(`<!-- output of the ${what}: a failed upgrade with a maintenance page -->\\n\`\`\`\\n([^]*?)\\n\`\`\``).exec(guide)?.[1];
  const shop = await Shop.open({
    jobs: {
      migrate: { for: '30s', exitCode: 1, logs: ['column "email" contains null values'] },
      notify: { exitCode: 1, logs: ['POST /services/T0/B0: 404 no_team'] },
    },
  });
  await shop.install([configMap('web')]);
  const page = (name: string, on: string) => job(name, { on, weight: on === 'pre-upgrade' ? -1 : 1 });
  const { events } = await shop.upgrade([configMap('web', { size: '2' }), page('page-up', 'pre-upgrade'), MIGRATE, NOTIFY, always(page('page-down', 'post-upgrade'))]);
  const [{ plan }] = events as readonly Extract<LifecycleEvent, { kind: 'operation-started' }>[];
  const lines: string[] = [];
  const reporter = new TextReporter({ write: (line) => lines.push(line) });
  for (const event of events) reporter.report(event);
  expect([planText(plan), lines.join('\n')]).toEqual([shown('plan'), shown('plain view')]);
});
