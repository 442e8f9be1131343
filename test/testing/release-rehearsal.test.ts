import { App, Chart, Duration } from 'cdk8s';
import { ConfigMap, EnvFrom } from 'cdk8s-plus-27';
import { BackupHook, CleanupHook, HelmChartApp, HookEvent, MigrationHook, MutableTags, OnlyIf, ReleaseChart, RunOn, SeedHook, TestHook } from '../../src';
import { HookOutcome, RehearsalProps, ReleaseRehearsal, fails, inTurn, isDeleted, neverEnds, succeeds } from '../../src/testing';
import { configMap, file, job, pod } from '../release/manifests';
import { mismatch } from './mismatch';

function shop(version: string): Chart {
  const image = `shop:${version}`;
  const chart = new Chart(new App(), 'shop', { disableResourceNameHashes: true });
  const backup = new BackupHook(chart, 'backup', { image, command: ['dump'] });
  const migrate = new MigrationHook(chart, 'migrate', { image, command: ['migrate'] });
  new CleanupHook(chart, 'cleanup', { image, command: ['clean'] });
  new TestHook(chart, 'smoke', { image, command: ['smoke'] });
  new ConfigMap(chart, 'settings', { data: { version } });
  migrate.protectedBy(backup);
  return chart;
}

async function installed(props: RehearsalProps = {}): Promise<ReleaseRehearsal> {
  const release = new ReleaseRehearsal({ release: 'shop', ...props });
  (await release.install(shop('1'))).succeeded();
  return release;
}

test('a whole life: what ran, what is left, what is recorded, and what people were told', async () => {
  const release = await installed();
  release.hasOnly('settings', 'migrate').hasRevisions('1 deployed');
  (await release.upgrade(shop('2'))).succeeded().ran('backup', 'migrate');
  (await release.test()).succeeded().ran('test smoke').reported('1 test has passed');
  (await release.rollback(1)).succeeded().ran();
  release.hasRevisions('1 superseded', '2 superseded', '3 deployed').has('shop-settings');
  expect(release.objects().find(({ kind }) => kind === 'ConfigMap')).toMatchObject({ data: { version: '1' } });
  (await release.uninstall()).succeeded().ran('pre-delete backup', 'post-delete cleanup').reported('release is gone');
  release.hasRevisions().hasNot('settings', 'migrate');
});

test('a failed migration leaves the old revision deployed, and the next try gets it done', async () => {
  const release = await installed();
  release.script('migrate', inTurn(fails({ exitCode: 3, after: '20s', logs: ['relation "users" already exists'] }), succeeds()));
  const failed = await release.upgrade(shop('2'));
  failed.failed('container "main" exited 3').ran('backup', 'migrate').reported('| relation "users" already exists').reported(/revision 1 is still the deployed one/);
  expect(failed.milliseconds).toBeGreaterThan(20_000);
  release.hasRevisions('1 deployed', '2 failed');
  (await release.upgrade(shop('2'))).succeeded();
  release.hasRevisions('1 superseded', '2 failed', '3 deployed');
});

test('an upgrade that failed is resumed: what has succeeded does not run again', async () => {
  const release = await installed();
  release.script('migrate', inTurn(fails(), succeeds()));
  (await release.upgrade(shop('2'))).failed().reported('--resume').ran('backup', 'migrate');
  (await release.upgrade(shop('3'), { resume: true })).refused('cannot be resumed with other manifests');
  (await release.upgrade(shop('2'), { resume: true })).succeeded().ran('migrate');
  release.hasRevisions('1 superseded', '2 deployed');
});

test('an install that failed is resumed', async () => {
  const release = new ReleaseRehearsal({ outcomes: { migrate: inTurn(fails(), succeeds()) } });
  (await release.install(shop('1'))).failed();
  (await release.install(shop('1'), { resume: true })).succeeded().ran('migrate');
  release.hasRevisions('1 deployed');
});

test.each<readonly [string, HookOutcome, string]>([
  ['that never ends is stopped by its deadline', neverEnds({ logs: ['waiting for a lock'] }), 'DeadlineExceeded'],
  ['that somebody deletes has failed', isDeleted({ after: '5s' }), 'it was deleted before it finished'],
  ['that fails', fails(), 'exited 1'],
])('a hook %s', async (_, outcome, why) => {
  const release = new ReleaseRehearsal({ release: 'shop', outcomes: { 'Job/shop-migrate': outcome } });
  (await release.install(shop('1'))).failed(why);
  release.hasRevisions('1 failed');
});

test('a chart with values is made for each revision, with the values of its user', async () => {
  const app = new HelmChartApp({ name: 'shop', version: '1.0.0' });
  const chart = new ReleaseChart(app, 'web', { disableResourceNameHashes: true });
  new ConfigMap(chart, 'settings', { data: { revision: `${app.release.revision}`, colour: app.values.text('colour', { defaultValue: 'red' }) } });
  const migrate = new MigrationHook(chart, 'migrate', { image: 'shop:1', command: ['migrate'] });
  migrate.with(OnlyIf.of(app.values.flag('migration.enabled', { defaultValue: true })));
  const release = new ReleaseRehearsal({ release: 'blog' });
  const settings = () => release.objects().find(({ metadata }) => metadata.name === 'blog-web-settings');
  (await release.install(app)).succeeded().ran('migrate');
  expect(settings()).toMatchObject({ data: { revision: '1', colour: 'red' } });
  (await release.upgrade(app, { values: { colour: 'blue', migration: { enabled: false } } })).succeeded().ran();
  expect(settings()).toMatchObject({ data: { revision: '2', colour: 'blue' } });
});

test('each attempt of a hook that is tried again takes the next turn', async () => {
  const chart = new Chart(new App(), 'shop', { disableResourceNameHashes: true });
  new MigrationHook(chart, 'migrate', { image: 'shop:1', command: ['migrate'], retry: { attempts: 3, backoff: Duration.seconds(30), onExitCodes: [75] } });
  const release = new ReleaseRehearsal({ outcomes: { migrate: inTurn(fails({ exitCode: 75 }), fails({ exitCode: 75 }), succeeds()) } });
  expect((await release.install(chart)).succeeded().milliseconds).toBeGreaterThan(60_000);
});

test('hooks that are Pods are scripted like Jobs', async () => {
  const smoke = { ...pod('smoke', { on: 'test' }), spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'tool:1' }] } };
  const release = new ReleaseRehearsal({ outcomes: { smoke: inTurn(succeeds({ logs: ['all is well'] }), fails({ exitCode: 9 }), isDeleted(), neverEnds()) } });
  (await release.install(file('', smoke, configMap('a')).text)).succeeded();
  (await release.test()).succeeded().reported('| all is well').reported('1 test has passed');
  (await release.test()).failed('container "main" exited 9');
  (await release.test()).failed('it was deleted before it finished');
  (await release.test({}, { timeoutSeconds: 60 })).failed('timed out after 60 s');
  (await release.test({}, { interrupted: { hook: 'smoke', when: 'during' } })).interrupted();
});

test('a hook that never ends and has no deadline is waited for as long as the operation may take', async () => {
  const release = new ReleaseRehearsal({ outcomes: { migrate: neverEnds() } });
  const { text } = file('', job('migrate', { on: 'pre-install' }), configMap('a'));
  const operation = await release.install(text, { timeoutSeconds: 90 });
  expect(operation.failed('timed out after 90 s').milliseconds).toBeGreaterThanOrEqual(90_000);
});

test.each(['before', 'during', 'after'] as const)('a runner that is killed %s a hook says nothing more; the next one takes over', async (when) => {
  const release = await installed();
  const killed = await release.upgrade(shop('2'), { killed: { hook: 'migrate', when } });
  expect(killed.killed().hooks.at(-1)).toMatchObject({ construct: 'migrate', ...(when === 'after' ? { verdict: 'succeeded' } : {}) });
  expect(killed.hooks.at(-1)!.verdict).toBe(when === 'after' ? 'succeeded' : undefined);
  release.hasRevisions('1 deployed', '2 pending-upgrade');
  (await release.upgrade(shop('2'))).succeeded().ran('backup', 'migrate').reported('revision 2 was left pending-upgrade by an operation that died; it is failed now');
  release.hasRevisions('1 superseded', '2 failed', '3 deployed');
});

test('wherever a runner is killed, the next one gets it done', async () => {
  const [first, second] = ['1', '2'].map((version) => App.of(shop(version)).synthYaml());
  const begun = async () => {
    const release = new ReleaseRehearsal();
    (await release.install(first)).succeeded();
    return release;
  };
  const { calls } = await (await begun()).upgrade(second);
  expect(calls).toBeGreaterThan(20);
  for (let call = 0; call < calls; call += 1) {
    const release = await begun();
    (await release.upgrade(second, { killed: { call, when: 'before' } })).killed();
    (await release.upgrade(second)).succeeded();
  }
});

test('an operation that is interrupted stops its hook', async () => {
  const release = await installed({ outcomes: { migrate: inTurn(succeeds(), succeeds({ after: '1h' })) } });
  (await release.upgrade(shop('2'), { interrupted: { hook: 'migrate', when: 'during' } })).interrupted().reported('it is being stopped');
  release.hasRevisions('1 deployed', '2 failed');
});

test('what does not fit the release is refused, with what the command line says', async () => {
  const release = new ReleaseRehearsal({ release: 'shop', namespace: 'shops' });
  (await release.upgrade(shop('1'))).refused('There is no release "shop"').reported('Install it first').ran();
  (await release.upgrade(shop('1'), { install: true })).succeeded();
  (await release.install(shop('1'))).refused(/exists already/);
});

test('time passes when it is told to, and goes on from the start that was given', async () => {
  const release = await installed({ start: new Date('2027-02-03T00:00:00Z') });
  const before = release.cluster.clock.now();
  await release.wait('36h');
  expect(before.toISOString()).toMatch(/^2027-02-03T00:00:0/);
  expect(release.cluster.clock.now().getTime() - before.getTime()).toBe(36 * 3_600_000);
});

test('a namespace that the operation is to make is not there before', async () => {
  const release = new ReleaseRehearsal({ namespace: 'fresh' });
  (await release.install(shop('1'), { createNamespace: true })).succeeded().reported('created   Namespace/fresh');
});

test('manifests that Helm would lose objects of are refused', async () => {
  await expect(new ReleaseRehearsal().install(file('', job('a', { on: 'pre-instal' })).text)).rejects.toThrow('Did you mean "pre-install"?');
});

test.each<readonly [string, () => unknown, string]>([
  ['an outcome without a time', () => succeeds({ after: 'soon' }), '"soon" is not a duration such as 800ms, 5s or 2m'],
  ['a failure that exits with 0', () => fails({ exitCode: 0 }), '0 is not the exit code of a failure: it is from 1 to 255'],
  ['no turn', () => inTurn(), 'inTurn() needs the outcome of a first time'],
])('%s is refused where it is written', (_, write, message) => {
  expect(write).toThrow(new RangeError(message));
});

const REPORT = 'What it reported:\n  ';

describe('what does not hold is told with all that there is:', () => {
  test.each<readonly [string, (release: ReleaseRehearsal) => unknown, string]>([
    ['a script for no hook', (release) => release.script('migrat', fails()).upgrade(shop('2')),
      'An outcome is scripted for "migrat", but the release has no such Job or Pod. Did you mean "migrate"?\n\n'
      + 'Its Jobs and Pods:\n  Job/shop-backup (backup)\n  Job/shop-migrate (migrate)\n  Job/shop-cleanup (cleanup)\n  Job/shop-smoke (smoke)'],
    ['an object that is missing', (release) => release.has('settings', 'setings'),
      'Expected settings, setings to be there, but there is no "setings". Did you mean "settings"?\n\nWhat is there:\n  ConfigMap/shop-settings (settings)\n  Job/shop-migrate (migrate)'],
    ['an object that is there', (release) => release.hasNot('other', 'settings'),
      'Expected other, settings to be gone, but ConfigMap/shop-settings (settings) is there.\n\nWhat is there:\n  ConfigMap/shop-settings (settings)\n  Job/shop-migrate (migrate)'],
    ['an object too many', (release) => release.hasOnly('settings'),
      'Expected only settings to be there, but Job/shop-migrate (migrate) is there, too.\n\nWhat is there:\n  ConfigMap/shop-settings (settings)\n  Job/shop-migrate (migrate)'],
    ['an object too few', (release) => release.hasOnly('settings', 'migrate', 'backup'),
      'Expected only settings, migrate, backup to be there, but there is no "backup".\n\nWhat is there:\n  ConfigMap/shop-settings (settings)\n  Job/shop-migrate (migrate)'],
    ['other revisions', (release) => release.hasRevisions('1 deployed', '2 failed'),
      'Expected the revisions 1 deployed, 2 failed, but there are 1 deployed.\n\nThe history:\n  1 deployed: Install complete'],
    ['no revisions', () => new ReleaseRehearsal().hasRevisions('1 deployed'),
      'Expected the revisions 1 deployed, but there are none.'],
  ])('%s', async (_, expectation, message) => {
    const release = await installed();
    expect(await mismatch(() => expectation(release))).toBe(message);
  });

  test.each<readonly [string, (release: ReleaseRehearsal) => Promise<unknown>, string]>([
    ['a success that was none', async (release) => (await release.script('migrate', fails()).upgrade(shop('2'))).succeeded(),
      'Expected upgrade shop to end succeeded, but it failed: Hook pre-upgrade Job/shop-migrate failed: container "main" exited 1 (after 2.0 s)'],
    ['a failure that was none', async (release) => (await release.upgrade(shop('2'))).failed(), 'Expected upgrade shop to end failed, but it succeeded'],
    ['another reason', async (release) => (await release.script('migrate', fails()).upgrade(shop('2'))).failed('exited 2'),
      'Expected upgrade shop to end failed with "exited 2", but it said: Hook pre-upgrade Job/shop-migrate failed: container "main" exited 1 (after 2.0 s)'],
    ['a refusal that was none', async (release) => (await release.upgrade(shop('2'))).refused(), 'Expected upgrade shop to end refused, but it succeeded'],
    ['an interruption that was none', async (release) => (await release.upgrade(shop('2'))).interrupted(), 'Expected upgrade shop to end interrupted, but it succeeded'],
    ['a death that was none', async (release) => (await release.install(shop('2'))).killed(),
      'Expected install shop to end killed, but it was refused: Release "shop" exists already: revision 1 is deployed'],
    ['a hook that never ran', async (release) => (await release.upgrade(shop('2'))).ran('backup', 'migrate', 'smoke'),
      'Expected upgrade shop to run backup, migrate, smoke, but it never ran "smoke".'],
    ['another order', async (release) => (await release.upgrade(shop('2'))).ran('migrate', 'backup'),
      'Expected upgrade shop to run migrate, backup, but it ran pre-upgrade Job/shop-backup (backup) where "migrate" was expected.'],
    ['another event', async (release) => (await release.upgrade(shop('2'))).ran('post-upgrade backup', 'migrate'),
      'Expected upgrade shop to run post-upgrade backup, migrate, but it ran pre-upgrade Job/shop-backup (backup) where "post-upgrade backup" was expected.'],
    ['a hook too many', async (release) => (await release.upgrade(shop('2'))).ran('backup'),
      'Expected upgrade shop to run backup, but it ran pre-upgrade Job/shop-migrate (migrate), too.'],
    ['hooks where none are expected', async (release) => (await release.upgrade(shop('2'))).ran(),
      'Expected upgrade shop to run no hook, but it ran pre-upgrade Job/shop-backup (backup), too.'],
    ['a text that nobody was told', async (release) => (await release.upgrade(shop('2'))).reported('revision 7'),
      'Expected upgrade shop to report "revision 7", but it did not.'],
    ['an expression', async (release) => (await release.upgrade(shop('2'))).reported(/revision [3-9] is/),
      'Expected upgrade shop to report /revision [3-9] is/, but it did not.'],
    ['a hook that death waits for', (release) => release.upgrade(shop('2'), { killed: { hook: 'cleanup', when: 'during' } }),
      'The runner was to be killed during hook "cleanup", but upgrade shop was over, after \\d+ calls, before that came.'],
    ['a call that an interruption waits for', (release) => release.upgrade(shop('2'), { interrupted: { call: 999, when: 'before' } }),
      'The runner was to be interrupted before call 999, but upgrade shop was over, after \\d+ calls, before that came.'],
  ])('%s', async (_, expectation, message) => {
    const told = await mismatch(async () => expectation(await installed()));
    const [first, , ...report] = told.split('\n');
    expect(first.replace(/after \d+ calls/, 'after \\d+ calls')).toBe(message);
    expect(report.join('\n')).toMatch(new RegExp(`^${REPORT}(upgrade shop, namespace default: revision 1 -> 2|error: Release "shop" exists already)`));
  });
});

test('the stack of an expectation that has waited leads to the test', async () => {
  const release = await installed();
  async function thisVeryTest(): Promise<void> {
    await release.upgrade(shop('2'), { killed: { hook: 'none', when: 'during' } });
  }
  const error = await thisVeryTest().then(() => undefined, (thrown: Error) => thrown);
  expect(error!.stack).toContain('thisVeryTest');
});

test('a hook that runs only when something has changed is passed over, until something has', async () => {
  const chart = (version: string) => {
    const seeded = shop(version);
    const settings = ConfigMap.fromConfigMapName(seeded, 'found', 'plans');
    new SeedHook(seeded, 'seed', {
      image: 'seed:1',
      command: ['seed'],
      on: [HookEvent.POST_INSTALL, HookEvent.POST_UPGRADE],
      runOn: RunOn.CHANGE,
      mutableTags: MutableTags.TRUST,
      envFrom: [new EnvFrom(settings)],
    });
    return seeded;
  };
  const release = new ReleaseRehearsal({ release: 'shop', namespace: 'shop' });
  await release.cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
  const plans = (data: object) => release.cluster.apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'plans', namespace: 'shop' }, data }, { fieldManager: 'kubectl' });
  await plans({ free: 'yes' });
  (await release.install(chart('1'))).ran('seed', 'migrate');
  (await release.upgrade(chart('2'))).ran('backup', 'migrate').reported('skipped: nothing that it uses has changed since it succeeded in revision 1');
  await plans({ free: 'no' });
  (await release.upgrade(chart('2'))).ran('backup', 'migrate', 'seed').reported('ConfigMap/plans has changed since it succeeded in revision 1');
  release.script('seed', fails());
  (await release.upgrade(chart('3'))).succeeded().ran('backup', 'migrate'); // whatever it would come to
});
