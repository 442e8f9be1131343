import { HookIdentity, LifecycleEvent, PlanSummary, Verdict } from '../../src/lifecycle';
import { RowReporter } from '../../src/pulumi/row-reporter';
import { OutputLogPolicyName, LifecycleError } from '../../src/vocabulary';
import { recordingRow } from './recording-row';

type Said = LifecycleEvent extends infer E ? (E extends LifecycleEvent ? Omit<E, 'at'> : never) : never;

const HOOK: HookIdentity = { event: 'pre-upgrade', hook: { apiVersion: 'batch/v1', kind: 'Job', name: 'migrate', namespace: 'shop' }, weight: 5 };
const RESOURCE = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a' };
const LINE = { kind: 'hook-log', ...HOOK, pod: 'migrate-x', container: 'main', line: 'ALTER TABLE' } as const;

function summary(outputLogPolicies: readonly OutputLogPolicyName[] = []): PlanSummary {
  const hook = { ...HOOK, outputLogPolicies } as unknown as PlanSummary['before'][number];
  return { operation: 'upgrade', release: 'web', namespace: 'shop', revision: 2, before: [hook], after: [], afterFailure: [] } as unknown as PlanSummary;
}

const STARTED: Said = { kind: 'operation-started', plan: summary() };

function finished(verdict: Verdict, milliseconds = 12_345): Said {
  return { kind: 'hook-finished', ...HOOK, verdict, milliseconds };
}

async function told(...events: readonly Said[]) {
  const row = recordingRow();
  const reporter = new RowReporter(row);
  for (const event of events) reporter.report({ at: '2026-01-01T00:00:00Z', ...event } as LifecycleEvent);
  await row.flush();
  return { said: row.said, ran: reporter.ran };
}

test.each<[Said, readonly string[]]>([
  [STARTED, []],
  [{ kind: 'lock-waiting', by: 'ann@host' }, ['… waiting for the release, which is held by ann@host']],
  [{ kind: 'recovered', revision: 1, was: 'pending-install', stopped: [] }, []],
  [{ kind: 'namespace-created', namespace: 'shop' }, ['created Namespace/shop']],
  [{ kind: 'definition-created', definition: RESOURCE }, []],
  [{ kind: 'record-written', revision: 1, status: 'deployed' }, []],
  [{ kind: 'records-deleted', revisions: [1] }, []],
  [{ kind: 'hook-started', ...HOOK }, ['… pre-upgrade Job/migrate started']],
  [{ kind: 'hook-started', ...HOOK, runsBecause: 'Secret/a has changed' }, ['… pre-upgrade Job/migrate started: Secret/a has changed']],
  [{ kind: 'hook-skipped', ...HOOK, reason: 'nothing has changed' }, ['pre-upgrade Job/migrate skipped: nothing has changed']],
  [
    { kind: 'hook-retried', ...HOOK, attempt: 1, attempts: 3, verdict: { kind: 'failed', cause: 'container "main" exited 75' }, milliseconds: 900, pauseSeconds: 2 },
    ['pre-upgrade Job/migrate attempt 1 of 3 failed: container "main" exited 75; the next one begins in 2.0 s'],
  ],
  [{ kind: 'hook-waiting', ...HOOK, reason: 'Secret/a does not exist' }, ['pre-upgrade Job/migrate waiting: Secret/a does not exist']],
  [{ kind: 'hook-waiting', ...HOOK, reason: 'no node fits', remedy: 'Add one.' }, ['pre-upgrade Job/migrate waiting: no node fits. Add one.']],
  [LINE, ['… Job/migrate | ALTER TABLE']],
  [{ ...LINE, among: 'containers' }, ['… Job/migrate | main| ALTER TABLE']],
  [{ ...LINE, among: 'pods' }, ['… Job/migrate | migrate-x/main| ALTER TABLE']],
  [finished({ kind: 'succeeded' }), ['pre-upgrade Job/migrate succeeded (12.3 s)']],
  [finished({ kind: 'failed', cause: 'container "main" exited 1' }), ['pre-upgrade Job/migrate failed: container "main" exited 1 (12.3 s)']],
  [finished({ kind: 'timed-out', afterSeconds: 300 }, 300_000), ['pre-upgrade Job/migrate timed out after 300 s (5 min 0 s)']],
  [{ kind: 'hook-deleted', ...HOOK, policy: 'hook-succeeded' }, []],
  [{ kind: 'resource-applied', resource: RESOURCE, change: 'created' }, []],
  [{ kind: 'resource-removed', resource: RESOURCE, change: 'deleted' }, []],
  [{ kind: 'resources-waiting', waiting: [] }, []],
  [{ kind: 'resources-ready', milliseconds: 1 }, []],
  [{ kind: 'warning', message: 'odd' }, ['! odd']],
  [{ kind: 'operation-finished', milliseconds: 1, outcome: { operation: 'upgrade', release: 'web', namespace: 'shop', revision: 2, status: 'succeeded' } }, []],
  [
    { kind: 'operation-finished', milliseconds: 1, outcome: { operation: 'upgrade', release: 'web', namespace: 'shop', revision: 2, status: 'failed', alsoFailed: [new LifecycleError('hook-failed', 'no')] } },
    ['! After that: no'],
  ],
])('%j says %j', async (event, said) => {
  expect((await told(event)).said).toEqual(said);
});

test('hooks that have ended are remembered with their verdicts, and how long they took to a tenth of a second', async () => {
  const { ran } = await told(finished({ kind: 'succeeded' }, 1249), finished({ kind: 'stuck', cause: 'no image' }, 0));
  expect(ran).toEqual([
    { event: 'pre-upgrade', hook: 'Job/migrate', verdict: 'succeeded', seconds: 1.2 },
    { event: 'pre-upgrade', hook: 'Job/migrate', verdict: 'stuck', seconds: 0 },
  ]);
});

const SUCCEEDED = finished({ kind: 'succeeded' });
const FAILED = finished({ kind: 'failed', cause: 'exited 1' });

test.each<[string, OutputLogPolicyName[], Said, boolean]>([
  ['succeeded', [], SUCCEEDED, false],
  ['succeeded', ['hook-succeeded'], SUCCEEDED, true],
  ['succeeded', ['hook-failed'], SUCCEEDED, false],
  ['failed', ['hook-failed'], FAILED, true],
  ['failed', ['hook-succeeded'], FAILED, false],
])('lines of a hook that has %s under log policies %j', async (_, policies, end, stay) => {
  const { said } = await told({ kind: 'operation-started', plan: summary(policies) }, LINE, end);
  expect([said[0], said.slice(2)]).toEqual(['… Job/migrate | ALTER TABLE', stay ? ['Job/migrate | ALTER TABLE'] : []]);
});

test('of a hook that printed too much, it is said how much is left out', async () => {
  const lines = Array.from({ length: 10_002 }, (_, number): Said => ({ ...LINE, line: `line ${number}` }));
  const { said } = await told({ kind: 'operation-started', plan: summary(['hook-succeeded']) }, ...lines, SUCCEEDED);
  const stay = said.filter((each) => !each.startsWith('…'));
  expect(stay.slice(0, 3)).toEqual([
    'pre-upgrade Job/migrate succeeded (12.3 s)', '! 2 lines of Job/migrate are left out; only the last 10000 were kept', 'Job/migrate | line 2',
  ]);
  expect(stay).toHaveLength(10_002);
});
