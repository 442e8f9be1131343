import { Plan, PlanOptions, checkSavedPlan, planUninstall, planUpgrade, readSavedPlan, savedPlan } from '../../../src/lifecycle';
import { History } from '../../../src/release';
import { KubeObject, toJson } from '../../../src/vocabulary';
import { configMap, content, job, object } from '../../release/manifests';
import { historyOf, record } from '../../release/records';
import { OPTIONS, refusalOf } from './plans';

const MADE_AT = '2026-01-01T00:00:00.000Z';
const HISTORY = historyOf(record(1, 'deployed'));
const SECRET = object('v1', 'Secret', 'db', { stringData: { password: 'swordfish' } });
const OBJECTS = [configMap('a', { x: '1' }), SECRET, job('migrate', { on: 'pre-upgrade' })];

const plan = (objects: readonly KubeObject[] = OBJECTS, options: Partial<PlanOptions> = {}, history: History = HISTORY): Plan =>
  planUpgrade(history, content(...objects), { ...OPTIONS, ...options });

/** What is said of a plan where the one of `OBJECTS` was saved, and read from its file again. */
function said(now: Plan, history: History = HISTORY): string {
  const file = readSavedPlan(toJson(savedPlan(plan(), HISTORY, MADE_AT)), 'plan.json');
  return refusalOf(() => {
    checkSavedPlan(file, now, history, 'plan.json');
    return now;
  });
}

const refused = (what: string) =>
  `refused: This is not what plan.json plans, made at ${MADE_AT}; nothing was done:\n  ${what} | Make a new plan with plan --out, look at it, and run that.`;

test.each<[string, Plan]>([
  ['it is the same', plan()],
  ['it waits otherwise', plan(OBJECTS, { wait: true, waitForJobs: true, timeoutSeconds: 5 })],
])('a plan that was saved may be done where %s', (_what, now) => {
  expect(said(now)).toBe('nothing');
});

test.each<[string, Plan, string]>([
  ['a resource changes', plan([configMap('a', { x: '2' }), ...OBJECTS.slice(1)]), 'v1 ConfigMap/a is different'],
  ['a Secret changes', plan([OBJECTS[0], { ...SECRET, stringData: { password: 'sword' } }, OBJECTS[2]]), 'the Secrets are different'],
  ['a hook changes', plan([...OBJECTS.slice(0, 2), job('migrate', { on: 'pre-upgrade' }, { backoffLimit: 3 })]), 'batch/v1 Job/migrate is different'],
  ['a hook of another event is added', plan([...OBJECTS, job('clean', { on: 'post-delete' })]), 'batch/v1 Job/clean is new'],
  ['no hooks would run', plan(OBJECTS, { hooks: false }), 'the hooks before: [{"event":"pre-upgrade",'],
  ['another release is meant', plan(OBJECTS, { release: 'other' }), 'release: "web" was planned, "other" would happen'],
  ['another operation is meant', planUninstall(HISTORY, OPTIONS), ''],
  ['a failure has other consequences', plan(OBJECTS, { rollbackOnFailure: true }), 'what follows a failure: nothing was planned, {"operation":"rollback","to":1} would happen'],
])('it is refused where %s', (_what, now, what) => {
  expect(said(now)).toContain(refused(what).split(' | ')[0]);
});

test.each<[string, History, string]>([
  ['another revision was made', historyOf(record(1, 'superseded'), record(2, 'deployed')), 'revision 1 was deployed; now revision 2 is deployed'],
  ['it has failed', historyOf(record(1, 'deployed'), record(2, 'failed')), 'revision 1 was deployed; now revision 2 is failed'],
])('it is refused where the release has changed: %s', (_what, history, what) => {
  expect(said(plan(OBJECTS, {}, history), history)).toBe(refused(`the release has changed: when the plan was made, ${what}`));
});

test('it is refused where the release was deleted and installed again, with the same number', () => {
  const again = HISTORY.map((each) => ({ ...each, record: { ...each.record, info: { ...each.record.info, last_deployed: '2030-01-01T00:00:00Z' } } }));
  expect(said(plan(OBJECTS, {}, again), again)).toContain('the release has changed');
});

test('of very many differences the first ten are told', () => {
  const many = Array.from({ length: 30 }, (_, index) => configMap(`more-${index}`));
  expect(said(plan([...OBJECTS, ...many])).split('\n').filter((line) => line.startsWith('  '))).toHaveLength(11);
});

test('a file holds no manifest', () => {
  expect(toJson(savedPlan(plan(), HISTORY, MADE_AT))).not.toMatch(/swordfish|c3dvcmRmaXNo|containers/);
});

test.each([
  ['', 'this is no plan that was saved: it is not JSON'],
  ['[]', 'this is no plan that was saved'],
  ['null', 'this is no plan that was saved'],
  ['{ "schema": 2 }', 'this plan was saved by another version of cdk8s-lifecycle (form 2, this one knows 1)'],
  ['{ "schema": 1, "plan": {} }', 'this plan is not complete'],
])('the file %j is bad input', (text, message) => {
  expect(() => readSavedPlan(text, 'plan.json')).toThrow(
    expect.objectContaining({ code: 'bad-input', message: `plan.json: ${message}\n  Write it with: cdk8s-lifecycle plan … --out plan.json` }),
  );
});
