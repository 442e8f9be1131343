import { DEFAULT_SETTINGS, planInstall, planRollback, planUninstall, planUpgrade, summarize } from '../../../src/lifecycle';
import { configMap, content, job, object, withMetadata } from '../../release/manifests';
import { historyOf, record } from '../../release/records';
import { OPTIONS } from './plans';

const SECRET = object('v1', 'Secret', 'password', { stringData: { password: 'swordfish' } });
const HOOK = object('v1', 'Secret', 'hook', { stringData: { password: 'swordfish' } }, { on: 'pre-install,pre-upgrade,pre-rollback,pre-delete' });
const NEW = content(SECRET, HOOK);
const HISTORY = historyOf(record(1, 'superseded', [SECRET, HOOK]), record(2, 'deployed', [SECRET, HOOK]));

test.each([
  ['install', planInstall([], NEW, OPTIONS)],
  ['upgrade', planUpgrade(HISTORY, NEW, OPTIONS)],
  ['rollback', planRollback(HISTORY, 1, OPTIONS)],
  ['uninstall', planUninstall(HISTORY, OPTIONS)],
])('the summary of an %s names its Secrets and holds nothing of them', (operation, plan) => {
  const text = JSON.stringify(summarize(plan));
  expect(text).toContain('"password"');
  expect(text).not.toContain('swordfish');
  expect(JSON.parse(text)).toMatchObject({ operation, release: 'web', namespace: 'shop' });
});

test('a summary says everything else that the plan says, in its order', () => {
  const always = withMetadata(job('p', { on: 'pre-upgrade,post-upgrade', weight: 1 }), { annotations: { 'cdk8s-lifecycle/always': 'true' } });
  const next = content(configMap('b'), job('m', { on: 'pre-upgrade', weight: -5 }), job('n', { on: 'post-upgrade', logs: 'hook-failed' }), always, job('f', { on: 'on-failure' }));
  expect(summarize(planUpgrade(historyOf(record(1, 'deployed', [configMap('a')])), next, { ...OPTIONS, wait: true, timeoutSeconds: 9 }))).toEqual({
    operation: 'upgrade',
    release: 'web',
    namespace: 'shop',
    revision: 2,
    from: 1,
    deployed: 1,
    before: [{ event: 'pre-upgrade', weight: -5, hook: { apiVersion: 'batch/v1', kind: 'Job', name: 'm' } }, { event: 'pre-upgrade', weight: 1, hook: { apiVersion: 'batch/v1', kind: 'Job', name: 'p' }, because: 'weight' }],
    apply: [{ action: 'create', resource: { apiVersion: 'v1', kind: 'ConfigMap', name: 'b' } }],
    remove: [{ action: 'delete', resource: { apiVersion: 'v1', kind: 'ConfigMap', name: 'a' } }],
    after: [{ event: 'post-upgrade', weight: 0, hook: { apiVersion: 'batch/v1', kind: 'Job', name: 'n' }, outputLogPolicies: ['hook-failed'] }, { event: 'post-upgrade', weight: 1, hook: { apiVersion: 'batch/v1', kind: 'Job', name: 'p' }, because: 'weight', always: true }],
    afterFailure: [{ event: 'on-failure', weight: 0, hook: { apiVersion: 'batch/v1', kind: 'Job', name: 'f' } }],
    definitions: [],
    settings: { ...DEFAULT_SETTINGS, wait: true, timeoutSeconds: 9 },
  });
});

test('an install comes from no revision and goes back to none', () => {
  expect(Object.keys(summarize(planInstall([], NEW, OPTIONS)))).not.toEqual(expect.arrayContaining(['from']));
});
