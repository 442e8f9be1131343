import { App } from 'cdk8s';
import { Hooks, ReleaseRehearsal, fails, inTurn, isDeleted, neverEnds, succeeds } from 'cdk8s-lifecycle/testing';
import { Shop, ShopProps } from './shop';

/* Tests of a chart as its users write them: without a cluster, without containers, in milliseconds. */

function shop(version: string, offers?: ShopProps['offers']): Shop {
  return new Shop(new App(), 'shop', { version, offers });
}

async function installed(): Promise<ReleaseRehearsal> {
  const release = new ReleaseRehearsal({ release: 'shop', namespace: 'shop' });
  (await release.install(shop('1.0.0'), { wait: true })).succeeded();
  return release;
}

describe('the hooks of the chart', () => {
  const hooks = Hooks.fromChart(shop('1.0.0'));

  test('the database is dumped before it is migrated', () => {
    hooks.at('pre-upgrade').exactly('backup', 'migrate');
  });

  test('there is nothing to dump before the first migration', () => {
    hooks.at('post-install').inOrder('migrate', 'seed', 'notify').count(3);
  });

  test('a Job of the last upgrade is never in the way', () => {
    hooks.withPolicy('before-hook-creation');
  });

  test('a migration that failed is not tried once more by Kubernetes', () => {
    hooks.named('migrate').matching({ kind: 'Job', spec: { backoffLimit: 0 } });
  });

  test('no other release migrates the database at the same time', () => {
    hooks.named('migrate').matching({ metadata: { annotations: { 'cdk8s-lifecycle/mutex': 'shop-db' } } });
  });
});

describe('the life of the release', () => {
  test('it is installed, upgraded, rolled back, and goes', async () => {
    const release = await installed();
    (await release.upgrade(shop('2.0.0'))).succeeded().ran('pre-upgrade backup', 'pre-upgrade migrate', 'post-upgrade notify');
    (await release.rollback(1)).succeeded().ran();
    release.has('web').hasRevisions('1 superseded', '2 superseded', '3 deployed');
    (await release.uninstall()).succeeded().ran('pre-delete backup', 'post-delete notify');
    release.hasNot('web').hasRevisions();
  });

  test('a migration that fails leaves the old version running, and the next upgrade gets it done', async () => {
    const release = await installed();
    release.script('migrate', inTurn(fails({ exitCode: 3, after: '20s', logs: ['relation "users" already exists'] }), succeeds()));

    const upgrade = await release.upgrade(shop('2.0.0'));
    upgrade.failed('container "main" exited 3').ran('backup', 'migrate', 'on-failure alarm').reported('| relation "users" already exists');
    upgrade.reported('Nothing was applied').reported('revision 1 is still the deployed one');
    release.hasRevisions('1 deployed', '2 failed');

    (await release.upgrade(shop('2.0.1'))).succeeded();
    release.hasRevisions('1 superseded', '2 failed', '3 deployed');
  });

  test('what only the migration failed at goes on with the migration: nobody dumps twice', async () => {
    const release = await installed();
    release.script('migrate', inTurn(fails({ exitCode: 3, after: '20s' }), succeeds()));
    (await release.upgrade(shop('2.0.0'))).failed().reported('upgrade shop --resume -n shop  (skips Job/shop-backup)');
    (await release.upgrade(shop('2.0.0'), { resume: true })).succeeded().ran('migrate', 'notify');
    release.hasRevisions('1 superseded', '2 deployed');
  });

  test('a message board that is busy at first is told all the same, and one that refuses is not asked again', async () => {
    const release = await installed();
    release.script('notify', inTurn(fails({ exitCode: 75 }), succeeds()));
    (await release.upgrade(shop('2.0.0'))).succeeded().reported('attempt 1 of 3 failed: container "main" exited 75');
    release.script('notify', fails({ exitCode: 1 }));
    (await release.upgrade(shop('2.0.1'))).failed('container "main" exited 1');
  });

  test('whoever waits for the new version is told where it fails; that they are not is no other failure', async () => {
    const release = await installed();
    release.script('migrate', fails({ exitCode: 3 })).script('alarm', fails({ exitCode: 75 }));
    (await release.upgrade(shop('2.0.0'))).failed('Job/shop-migrate failed: container "main" exited 3').reported('After that: Hook on-failure Job/shop-alarm failed');
  });

  test('the offers are loaded when they have changed, and not again before', async () => {
    const release = await installed();
    (await release.upgrade(shop('2.0.0'))).ran('backup', 'migrate', 'notify').reported('skipped: nothing that it uses has changed since it succeeded in revision 1');
    const dearer = shop('2.0.1', { tea: '3.80' });
    (await release.upgrade(dearer)).ran('backup', 'migrate', 'seed', 'notify').reported('started: ConfigMap/shop-offers has changed since it succeeded in revision 1');
    (await release.upgrade(dearer)).ran('backup', 'migrate', 'notify');
  });

  test('without a dump there is no migration', async () => {
    const release = await installed();
    release.script('backup', fails());
    (await release.upgrade(shop('2.0.0'))).failed().ran('backup', 'alarm');
  });

  test.each([
    ['hangs', neverEnds(), 'DeadlineExceeded'],
    ['is deleted by somebody', isDeleted(), 'it was deleted before it finished'],
  ])('a migration that %s fails the upgrade', async (_, outcome, why) => {
    const release = await installed();
    release.script('migrate', outcome);
    (await release.upgrade(shop('2.0.0'))).failed(why);
  });

  test('a runner that dies in the middle of the migration is no harm: the next one stops what it left, and does it again', async () => {
    const release = await installed();
    (await release.upgrade(shop('2.0.0'), { killed: { hook: 'migrate', when: 'during' } })).killed();
    release.hasRevisions('1 deployed', '2 pending-upgrade');
    (await release.upgrade(shop('2.0.0'))).succeeded().reported('revision 2 was left pending-upgrade by an operation that died');
    release.hasRevisions('1 superseded', '2 failed', '3 deployed');
  });

  test('what was looked at is what is done, and another version is refused', async () => {
    const release = await installed();
    const plan = await release.plans.upgrade(shop('2.0.0'));
    plan.runs('backup', 'migrate', 'notify').shows('~ Deployment/shop-web');
    (await release.upgrade(shop('2.0.1'), { plan })).refused('This is not what plan.json plans');
    (await release.upgrade(shop('2.0.0'), { plan })).succeeded().ran('backup', 'migrate', 'notify');
  });

  test('Ctrl-C stops the migration', async () => {
    const release = await installed();
    release.script('migrate', neverEnds());
    (await release.upgrade(shop('2.0.0'), { interrupted: { hook: 'migrate', when: 'during' } })).interrupted().reported('it is being stopped');
  });
});
