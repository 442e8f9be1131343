import { DEFAULT_SETTINGS, planInstall } from '../../../src/lifecycle';
import { ReleaseStatus, manifestText, recordHook } from '../../../src/release';
import { configMap, content, deployment, job } from '../../release/manifests';
import { historyOf, record } from '../../release/records';
import { OPTIONS, refusalOf, steps } from './plans';

const CONTENT = content(
  deployment('web'),
  configMap('settings'),
  job('late', { on: 'pre-install', weight: 5 }),
  job('early', { on: 'pre-install,post-install', weight: -5 }),
  job('other', { on: 'pre-upgrade,post-delete' }),
);

test('an install runs its hooks by weight, around the resources in their order', () => {
  expect(steps(planInstall([], CONTENT, OPTIONS))).toEqual([
    'pre-install early', 'pre-install late', 'create ConfigMap/settings', 'create Deployment/web', 'post-install early',
  ]);
});

test('without anything said an install does not wait, creates no namespace and gives each wait five minutes', () => {
  expect(planInstall([], CONTENT, OPTIONS)).toMatchObject({
    operation: 'install', release: 'web', namespace: 'shop', revision: 1, settings: DEFAULT_SETTINGS, definitions: [], supersede: [], forget: [],
  });
});

test('what is said goes into the plan', () => {
  const plan = planInstall([], CONTENT, { ...OPTIONS, createNamespace: true, wait: true, timeoutSeconds: 7 });
  expect(plan).toMatchObject({ settings: { createNamespace: true, wait: true, timeoutSeconds: 7 } });
});

test('the record holds all hooks and resources, and a chart that Helm can read', () => {
  expect(planInstall([], CONTENT, OPTIONS).record).toEqual({
    name: 'web',
    namespace: 'shop',
    version: 1,
    info: { status: 'pending-install', description: 'Initial install underway' },
    chart: { metadata: { apiVersion: 'v2', name: 'web', version: '0.0.0' }, lock: null, templates: [], values: {}, schema: null, files: [] },
    manifest: manifestText(CONTENT.resources),
    hooks: CONTENT.hooks.map(recordHook),
    apply_method: 'ssa',
  });
});

test('the chart that is named is the one that helm list shows', () => {
  const { chart } = planInstall([], CONTENT, { ...OPTIONS, chart: { name: 'webapp', version: '1.2.3', appVersion: '9' } }).record;
  expect(chart.metadata).toEqual({ apiVersion: 'v2', name: 'webapp', version: '1.2.3', appVersion: '9' });
});

test('a release that was uninstalled but kept its history is installed again as the next revision', () => {
  expect(planInstall(historyOf(record(1, 'superseded'), record(2, 'uninstalled')), CONTENT, { ...OPTIONS, replace: true })).toMatchObject({ revision: 3, record: { version: 3 }, supersede: [2] });
});

test.each<ReleaseStatus>(['failed', 'uninstalled'])('a release that is %s is installed again only on request', (status) => {
  expect(refusalOf(() => planInstall(historyOf(record(4, status)), CONTENT, OPTIONS))).toBe(
    `refused: Release "web" exists already: revision 4 is ${status} | Install over it with --replace, or choose another name.`,
  );
});

test('what a failed install has left goes when another one replaces it', () => {
  const plan = planInstall(historyOf(record(1, 'failed', [configMap('settings'), configMap('old')])), content(configMap('settings')), { ...OPTIONS, replace: true });
  expect([steps(plan), plan.supersede]).toEqual([['none ConfigMap/settings', 'delete ConfigMap/old'], []]);
});

test('a release that has been deployed is not replaced, even if its last revision failed', () => {
  const history = historyOf(record(1, 'deployed'), record(2, 'failed'));
  expect(refusalOf(() => planInstall(history, CONTENT, { ...OPTIONS, replace: true }))).toMatch(/^refused: Release "web" exists already: revision 2 is failed/);
});

test.each<ReleaseStatus>(['deployed', 'superseded', 'uninstalling', 'pending-install', 'pending-upgrade'])('a release that is %s is not installed', (status) => {
  expect(refusalOf(() => planInstall(historyOf(record(4, status)), CONTENT, OPTIONS))).toBe(
    `refused: Release "web" exists already: revision 4 is ${status} | Upgrade it (cdk8s-lifecycle upgrade web …), or choose another name.`,
  );
});
