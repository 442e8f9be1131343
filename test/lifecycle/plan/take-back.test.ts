import { planRollback } from '../../../src/lifecycle';
import { HookPhase, ReleaseRecord } from '../../../src/release';
import { configMap, job } from '../../release/manifests';
import { historyOf, record } from '../../release/records';
import { OPTIONS, steps } from './plans';

const DEPLOYED = '2026-01-02T03:04:05Z';
const LATER = '2026-01-02T03:04:06Z';
const EARLIER = '2026-01-01T00:00:00Z';

const up = { ...job('migrate', { on: 'pre-upgrade' }) };
up.metadata = { ...up.metadata, annotations: { ...up.metadata.annotations, 'cdk8s-lifecycle/down': 'Job/migrate-down' } };
const plain = job('migrate', { on: 'pre-upgrade' });
const down = job('migrate-down', { on: 'pre-rollback-from-source' });
const restore = { ...job('restore', { on: 'pre-rollback-from-source' }) };
restore.metadata = { ...restore.metadata, annotations: { ...restore.metadata.annotations, 'cdk8s-lifecycle/restores': 'Job/migrate' } };
const tell = job('tell', { on: 'pre-rollback-from-source' });

function left(hooks: Parameters<typeof record>[2], phase: HookPhase, started: string): ReleaseRecord {
  const made = record(2, 'deployed', hooks);
  const run = (name: string) => (name === 'migrate' ? { started_at: started, phase } : { phase: '' as const });
  return { ...made, info: { ...made.info, last_deployed: DEPLOYED }, hooks: made.hooks.map((hook) => ({ ...hook, last_run: run(hook.name) })) };
}

test.each<[string, Parameters<typeof record>[2], HookPhase, string, string[], string[] | undefined]>([
  ['what was done is taken back', [up, down], 'Succeeded', LATER, ['pre-rollback-from-source migrate-down'], undefined],
  ['what failed is not, and that is said', [up, down, tell], 'Failed', LATER, ['pre-rollback-from-source tell'], [
    'Job/migrate of revision 2 did not succeed, so Job/migrate-down, which takes it back, does not run: look at what it has left behind',
  ]],
  ['what an earlier revision did, whose hooks a rollback has copied, is not', [up, down], 'Succeeded', EARLIER, [], undefined],
  ['what never ran is not', [up, down], '', '', [], undefined],
  ['the dump from before what was done is put back', [plain, restore], 'Succeeded', LATER, ['pre-rollback-from-source restore'], undefined],
  ['also from before what failed: it may have changed something', [plain, restore], 'Failed', LATER, ['pre-rollback-from-source restore'], undefined],
  ['but not from before what never ran', [plain, restore], '', '', [], undefined],
  ['nor from before what an earlier revision did', [plain, restore], 'Succeeded', EARLIER, [], undefined],
  ['what Helm dropped is said to be missing', [up], 'Succeeded', LATER, [], [
    'Job/migrate of revision 2 is not taken back: Helm recorded that revision, and dropped Job/migrate-down',
  ]],
])('%s', (_, hooks, phase, started, expected, warnings) => {
  const plan = planRollback(historyOf(record(1, 'superseded', [configMap('a')]), left([configMap('a'), ...hooks!], phase, started)), 1, OPTIONS);
  expect(steps(plan).filter((step) => step.startsWith('pre-'))).toEqual(expected);
  expect(plan.warnings).toEqual(warnings);
});

test('without hooks nothing is taken back, and nothing said of it', () => {
  const history = historyOf(record(1, 'superseded'), left([up], 'Succeeded', LATER));
  expect(planRollback(history, 1, { ...OPTIONS, hooks: false }).warnings).toBeUndefined();
});
