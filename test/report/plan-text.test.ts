import { Plan, planInstall, planRollback, planTest, planUninstall, planUpgrade, summarize } from '../../src/lifecycle';
import { planText } from '../../src/report';
import { configMap, content, deployment, job, withMetadata } from '../release/manifests';
import { historyOf, record } from '../release/records';

const OPTIONS = { release: 'web', namespace: 'shop' };
const kept = (name: string) => withMetadata(configMap(name), { annotations: { 'helm.sh/resource-policy': 'keep' } });
const OLD = [configMap('same'), configMap('changed', { a: '1' }), configMap('gone'), kept('data'), job('undo', { on: 'pre-rollback,pre-delete' })];
const HISTORY = historyOf(record(1, 'superseded', OLD), record(2, 'deployed', OLD));

test('an install', () => {
  const plan = planInstall([], content(deployment('web'), job('migrate-tables', { on: 'pre-install', weight: -5 }), job('seed', { on: 'post-install' })), {
    ...OPTIONS, createNamespace: true, wait: true,
  });
  expect(planText(summarize(plan)).split('\n')).toEqual([
    'install web, namespace shop: revision 1',
    'creates namespace shop if it is missing',
    'hooks before',
    '  pre-install     -5  Job/migrate-tables',
    'resources',
    '  + Deployment/web',
    'waits until the resources are ready',
    'hooks after',
    '  post-install     0  Job/seed',
  ]);
});

test('an upgrade', () => {
  const plan = planUpgrade(HISTORY, content(configMap('same'), configMap('changed', { a: '2' }), configMap('new')), OPTIONS);
  expect(planText(summarize(plan)).split('\n')).toEqual([
    'upgrade web, namespace shop: revision 2 -> 3',
    'resources',
    '    ConfigMap/same  (unchanged)',
    '  ~ ConfigMap/changed  data.a',
    '  + ConfigMap/new',
    '  - ConfigMap/gone',
    '    ConfigMap/data  (stays: helm.sh/resource-policy: keep)',
  ]);
});

test('a rollback', () => {
  expect(planText(summarize(planRollback(HISTORY, 1, OPTIONS))).split('\n').slice(0, 3)).toEqual([
    'rollback web, namespace shop: revision 2 -> 3, back to what revision 1 was', 'hooks before', '  pre-rollback     0  Job/undo',
  ]);
});

test('an uninstall', () => {
  expect(planText(summarize(planUninstall(HISTORY, { ...OPTIONS, wait: true }))).split('\n')).toEqual([
    'uninstall web, namespace shop: revision 2',
    'hooks before',
    '  pre-delete       0  Job/undo',
    'resources',
    '  - ConfigMap/same',
    '  - ConfigMap/changed',
    '  - ConfigMap/gone',
    '    ConfigMap/data  (stays: helm.sh/resource-policy: keep)',
    'waits until the resources are gone',
    'deletes the Jobs and Pods that its hooks have left',
  ]);
});

test('the first hook of an event waits for the event before it, and for no reason of its own', () => {
  const left = record(2, 'deployed', [job('lock', { on: 'pre-rollback-from-source' }), job('drain', { on: 'pre-rollback-from-source', weight: 1 })]);
  const plan = planRollback(historyOf(record(1, 'superseded', OLD), left), 1, OPTIONS);
  expect(planText(summarize(plan)).split('\n').slice(2, 5)).toEqual([
    '  pre-rollback                0  Job/undo',
    '  pre-rollback-from-source    0  Job/lock   (after Job/undo)',
    '  pre-rollback-from-source    1  Job/drain  (after Job/lock by weight)',
  ]);
});

test('hooks of other events are counted, so that a mistaken event is seen', () => {
  const others = [job('cleanup', { on: 'post-delete' }), job('undo', { on: 'pre-rollback,pre-delete' }), job('smoke', { on: 'test' }), job('seed', { on: 'post-install' })];
  const chart = content(configMap('same'), job('migrate', { on: 'pre-upgrade,pre-install' }), ...others);
  const told = (plan: Plan) => planText(summarize(plan)).split('\n').filter((line) => line.startsWith('hooks of other events'));
  expect(told(planUpgrade(HISTORY, chart, OPTIONS))).toEqual([
    'hooks of other events: Job/cleanup (post-delete), Job/undo (pre-rollback, pre-delete), Job/smoke (test), and 1 more',
  ]);
  expect(told(planInstall([], chart, OPTIONS))).toEqual(['hooks of other events: Job/cleanup (post-delete), Job/undo (pre-rollback, pre-delete), Job/smoke (test)']);
  expect(told(planInstall([], chart, { ...OPTIONS, hooks: false }))).toEqual([]);
  expect(told(planTest(historyOf(record(1, 'deployed', [job('smoke', { on: 'test' }), job('seed', { on: 'post-install' })])), { only: [], except: [] }, OPTIONS))).toEqual([]);
});

test('nothing of a manifest but its name is shown', () => {
  expect(planText(summarize(planInstall([], content(configMap('a', { password: 'swordfish' })), OPTIONS)))).not.toContain('swordfish');
});

test('how often a hook is tried is shown, and after which exit codes', () => {
  const retried = (name: string, retry: string) => withMetadata(job(name, { on: 'pre-install' }), { annotations: { 'cdk8s-lifecycle/retry': retry } });
  const timeout = withMetadata(retried('c', 'attempts=4'), { annotations: { 'cdk8s-lifecycle/timeout': '90s' } });
  expect(planText(summarize(planInstall([], content(retried('a', 'attempts=3'), retried('b', 'attempts=2,on=1|75'), timeout), OPTIONS))).split('\n').slice(2, 5)).toEqual([
    '  pre-install      0  Job/a  (up to 3 attempts)',
    '  pre-install      0  Job/b  (after Job/a by name, up to 2 attempts on exit code 1 or 75)',
    '  pre-install      0  Job/c  (after Job/b by name, timeout 90 s, up to 4 attempts)',
  ]);
});

test('the mutex of a hook is shown', () => {
  const under = withMetadata(job('a', { on: 'pre-install' }), { annotations: { 'cdk8s-lifecycle/mutex': 'shared/orders-db' } });
  expect(planText(summarize(planInstall([], content(under, configMap('b')), OPTIONS))).split('\n')[2]).toBe('  pre-install      0  Job/a  (mutex shared/orders-db)');
});

test('what a hook waits for is shown, and why', () => {
  const ordered = (name: string, after: string) => withMetadata(job(name, { on: 'pre-install' }), { annotations: { 'cdk8s-lifecycle/after': after } });
  const hooks = [...['a', 'b'].map((name) => ordered(name, '')), ordered('c', 'Job/a'), ordered('d', 'Job/a,Job/b'), job('e', { on: 'pre-install', weight: 1 })];
  const retried = withMetadata(ordered('f', ''), { annotations: { 'helm.sh/hook-weight': '2', 'cdk8s-lifecycle/retry': 'attempts=3' } });
  expect(planText(summarize(planInstall([], content(...hooks, retried, ordered('a0', '')), OPTIONS))).split('\n').slice(2, 9)).toEqual([
    '  pre-install      0  Job/a',
    '  pre-install      0  Job/a0  (at once as declared)',
    '  pre-install      0  Job/b   (at once as declared)',
    '  pre-install      0  Job/c   (after Job/a as declared)',
    '  pre-install      0  Job/d   (after Job/a, Job/b as declared)',
    '  pre-install      1  Job/e   (after Job/a0, Job/c, Job/d by weight)',
    '  pre-install      2  Job/f   (after Job/e, which runs alone, up to 3 attempts)',
  ]);
});

test('the timeout of a hook is shown where it has its own', () => {
  const patient = withMetadata(job('patient', { on: 'pre-install' }), { annotations: { 'cdk8s-lifecycle/timeout': '1h30m' } });
  expect(planText(summarize(planInstall([], content(patient, job('usual', { on: 'pre-install' }), configMap('a')), OPTIONS))).split('\n').slice(1, 4)).toEqual([
    'hooks before',
    '  pre-install      0  Job/patient  (timeout 5400 s)',
    '  pre-install      0  Job/usual    (after Job/patient by name)',
  ]);
});
