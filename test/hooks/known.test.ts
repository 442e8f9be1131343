import { ApiObject, Chart, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { HelmChartApp } from '../../src/chart';
import {
  BackupHook, CacheWarmHook, Database, DatabaseSetupHook, HealthCheckHook, HelmHook, HookEvent, HookJob, MigrationHook, RestoreHook, WaitFor,
} from '../../src/hooks';
import { mistakes } from './synth';

/** What is known of a value: its default, or nothing. */
type Sample<T> = { readonly defaultValue?: T };

const app = () => new HelmChartApp({ name: 'shop', version: '1.0.0' });
const chartOf = (root: HelmChartApp) => new Chart(root, 'web', { disableResourceNameHashes: true });

function database(chart: Chart, fields: Partial<{ host: string; port: number; name: string; user: string }> = {}): Database {
  const secret = kplus.Secret.fromSecretName(chart, `Password-${chart.node.children.length}`, 'db');
  return Database.postgres({ host: 'db', name: 'shop', user: 'web', ...fields, password: { secret, key: 'password' } });
}

const claim = (chart: Chart) => kplus.PersistentVolumeClaim.fromClaimName(chart, 'Dumps', 'dumps');
const migration = (chart: Chart, at: Database) => new MigrationHook(chart, 'migrate', { image: 'web:1', database: at });

/** What is wrong with a value of this default, if that is known. */
const JUDGED: Readonly<Record<string, [sample: string | number, make: (chart: Chart, sample: Sample<never>) => unknown, mistake: string]>> = {
  'attempts': [
    0,
    (chart, sample) => new HealthCheckHook(chart, 'check', { url: 'http://web', attempts: HelmChartApp.containing(chart).values.integer('attempts', sample) }),
    'web/check: the attempts must be a whole number from 1, not 0',
  ],
  'a concurrency': [
    1.5,
    (chart, sample) => new CacheWarmHook(chart, 'warm', { urls: ['http://web'], concurrency: HelmChartApp.containing(chart).values.number('many', sample) }),
    'web/warm: the concurrency must be a whole number from 1, not 1.5',
  ],
  'dumps to keep': [
    0,
    (chart, sample) => {
      const keep = HelmChartApp.containing(chart).values.integer('keep', sample);
      return new BackupHook(chart, 'backup', { database: database(chart), destination: claim(chart), keep });
    },
    'web/backup is to keep 0 dumps: give it a whole number from 1 on',
  ],
  'a dump': [
    'a/b.dump',
    (chart, sample) => {
      const dump = HelmChartApp.containing(chart).values.text('dump', sample);
      return new RestoreHook(chart, 'restore', { database: database(chart), source: claim(chart), dump });
    },
    'web/restore is to restore the dump a/b.dump: give it the name of a file at the source, without a folder',
  ],
  'the host of a database': [
    '',
    (chart, sample) => database(chart, { host: HelmChartApp.containing(chart).values.text('host', sample) }),
    'The database has an empty host, for which libpq would take another. Give it one.',
  ],
  'the port of an admin': [
    5433,
    (chart, sample) => {
      const admin = database(chart, { user: 'postgres', name: 'postgres', port: HelmChartApp.containing(chart).values.integer('port', sample) });
      return new DatabaseSetupHook(chart, 'setup', { database: database(chart), admin });
    },
    'web/setup is to make a database at db:5432, and its admin is at db:5433. Make them one server.',
  ],
  'the database that is saved': [
    'store',
    (chart, sample) => {
      const saved = database(chart, { name: HelmChartApp.containing(chart).values.text('name', sample) });
      return migration(chart, database(chart)).protectedBy(new BackupHook(chart, 'backup', { database: saved, destination: claim(chart) }));
    },
    'web/backup saves store at db:5432, and web/migrate changes shop at db:5432',
  ],
};

test.each(Object.entries(JUDGED))('%s from a value is judged by the default, and not at all without one', (_, [defaultValue, make, mistake]) => {
  expect(() => make(chartOf(app()), { defaultValue } as object as Sample<never>)).toThrow(new Error(mistake));
  expect(() => make(chartOf(app()), {})).not.toThrow();
});

test.each<[string, Sample<number>, Sample<number>, string[]]>([
  ['by default longer than it may run', { defaultValue: 300 }, { defaultValue: 200 }, ['300', '200']],
  ['as long as it may run', { defaultValue: 200 }, { defaultValue: 200 }, ['200', '200']],
  ['shorter', { defaultValue: 100 }, { defaultValue: 200 }, []],
  ['for a time that is not known', {}, { defaultValue: 200 }, []],
  ['and may run for a time that is not known', { defaultValue: 300 }, {}, []],
])('a hook that waits %s', (_, wait, run, told) => {
  const root = app();
  const chart = chartOf(root);
  const [timeout, waiting] = [root.values.seconds('run', run), root.values.seconds('wait', wait)];
  new HookJob(chart, 'a', { on: [HookEvent.PRE_UPGRADE], image: 'web:1', timeout, waitFor: [WaitFor.tcp('db', 5432, { timeout: waiting })] });
  const [seconds, end] = told;
  expect(mistakes(chart)).toEqual(seconds ? [`[web/a/Resource] it may wait for ${seconds} s, and Kubernetes stops it after ${end} s. Give it a longer timeout, or let it wait less.`] : []);
});

test('the attempts of a health check are counted by their defaults', () => {
  const root = app();
  const chart = chartOf(root);
  const [attempts, interval] = [root.values.integer('attempts', { defaultValue: 30 }), root.values.seconds('interval', { defaultValue: 10 })];
  new HealthCheckHook(chart, 'check', { url: 'http://web', attempts, interval });
  expect(mistakes(chart)).toEqual([expect.stringContaining('its attempts may take 440 s, and Kubernetes stops it after 240 s.')]);
});

test('a length of time that was calculated is refused where it is compared', () => {
  const root = app();
  const minutes = Duration.minutes(root.values.integer('wait', { defaultValue: 2 }));
  const waitFor = [WaitFor.tcp('db', 5432, { timeout: minutes })];
  expect(() => new HookJob(chartOf(root), 'a', { on: [HookEvent.TEST], image: 'web:1', waitFor })).toThrow('wait was multiplied by 60');
});

test('a container that waits is named after the default, and numbered where two have the same', () => {
  const root = app();
  const chart = chartOf(root);
  const [one, other] = ['one', 'other'].map((path) => root.values.text(path, { defaultValue: 'db' }));
  const pod = new kplus.Pod(chart, 'a', { containers: [{ image: 'web:1' }] });
  for (const host of [one, other, root.values.text('third')]) WaitFor.tcp(host, 5432).addTo(pod);
  expect(pod.initContainers.map(({ name }) => name)).toEqual(['wait-for-db-5432', 'wait-for-db-5432-2', 'wait-for-third-5432']);
});

test('a hook is read back with its values as their defaults', () => {
  const root = app();
  const { values } = root;
  const map = new kplus.ConfigMap(chartOf(root), 'a');
  map.with(HelmHook.preInstall({ weight: values.integer('weight', { defaultValue: 7 }), timeout: values.seconds('timeout', { defaultValue: 90 }) }));
  expect(HelmHook.of(map)).toMatchObject({ weight: 7, timeout: Duration.millis(90_000) });
});

describe('a weight from a value', () => {
  const REMEDY = 'which the release decides, so nothing can be ordered before or after it. Remove the weight, or the order.';
  const hook = (chart: Chart, id: string, weight?: number) => new HookJob(chart, id, { on: [HookEvent.PRE_UPGRADE], image: 'web:1', weight });

  function hooks() {
    const root = app();
    const chart = chartOf(root);
    return { chart, open: hook(chart, 'open', root.values.integer('backup.weight', { defaultValue: -1 })), plain: hook(chart, 'plain'), given: hook(chart, 'given', 5) };
  }

  test('is allowed where nothing was ordered', () => {
    const { chart, open } = hooks();
    open.after();
    expect(mistakes(chart)).toEqual([]);
  });

  test.each<[string, (made: ReturnType<typeof hooks>) => unknown]>([
    ['is to run after another', ({ open, plain }) => open.after(plain)],
    ['others are to run after', ({ open, given }) => given.after(open)],
    ['depends on another', ({ open, plain }) => open.node.addDependency(plain)],
    ['others depend on', ({ open, plain }) => plain.node.addDependency(open)],
  ])('is refused where the hook %s', (_, order) => {
    const made = hooks();
    order(made);
    expect(mistakes(made.chart)).toEqual([`[web/open] web/open gets its weight from backup.weight, ${REMEDY}`]);
  });

  test.each(['{{ .Values.weight }}', 'value'])('is refused where it was written by hand: %s', (text) => {
    const root = app();
    const chart = chartOf(root);
    const weight = text === 'value' ? root.values.text('weight') : text;
    const byHand = new ApiObject(chart, 'by-hand', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { annotations: { 'helm.sh/hook': 'pre-upgrade', 'helm.sh/hook-weight': weight } } });
    hook(chart, 'plain').after(byHand);
    expect(mistakes(chart)).toEqual([`[web/plain] web/by-hand gets its weight from ${text === 'value' ? 'weight' : text}, ${REMEDY}`]);
  });
});
