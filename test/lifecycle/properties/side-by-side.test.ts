import * as fc from 'fast-check';
import { LifecycleEvent } from '../../../src/lifecycle';
import { AFTER, HOOK, HOOK_DELETE_POLICY, HOOK_WEIGHT, KubeObject, describeRef } from '../../../src/vocabulary';
import { Shop } from '../harness';
import { OrderedHook, SideBySide, Stretch, runsFor, sideBySide } from './side-by-side-model';

/*
 * Whatever order hooks declare, however long they run and however they end: each starts at the very moment at which the model starts it, and what is deleted
 * is what the model deletes. PROPERTY_RUNS, PROPERTY_SEED and PROPERTY_SHRINK are as in lives.test.ts.
 */

/** Where npm test begins: it tries the same hooks each time. */
const SEED = 20_260_101;

const PARAMETERS = {
  numRuns: Number(process.env.PROPERTY_RUNS ?? 150),
  seed: Number(process.env.PROPERTY_SEED ?? SEED),
  endOnFailure: process.env.PROPERTY_SHRINK === 'no',
};

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const KINDS = ['Job', 'Job', 'Job', 'ConfigMap'] as const;

const reference = fc.tuple(fc.constantFrom(...KINDS), fc.constantFrom(...NAMES, 'nobody')).map(([kind, name]) => `${kind}/${name}`);

const hook: fc.Arbitrary<OrderedHook> = fc
  .record({
    kind: fc.constantFrom(...KINDS),
    name: fc.constantFrom(...NAMES),
    weight: fc.constantFrom(0, 0, 0, 1, -5),
    after: fc.option(fc.array(reference, { maxLength: 3 }), { nil: undefined, freq: 5 }),
    seconds: fc.integer({ min: 1, max: 4 }),
    fails: fc.nat(7).map((number) => number === 0),
    policies: fc.subarray(['before-hook-creation', 'hook-succeeded', 'hook-failed'], { minLength: 1 }),
  })
  .map((one) => (one.kind === 'Job' ? one : { ...one, fails: false }));

const event = fc.record({
  hooks: fc.uniqueArray(hook, { selector: ({ name }) => name, minLength: 2, maxLength: 8 }),
  atOnce: fc.constantFrom(1, 2, 3, 8),
});

function objectOf({ kind, name, weight, after, policies }: OrderedHook): KubeObject {
  const annotations = {
    [HOOK]: 'pre-install',
    [HOOK_WEIGHT]: String(weight),
    [HOOK_DELETE_POLICY]: policies.join(','),
    ...(after === undefined ? {} : { [AFTER]: after.join(',') }),
  };
  if (kind === 'ConfigMap') return { apiVersion: 'v1', kind, metadata: { name, annotations } };
  const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'tool:1' }] } };
  return { apiVersion: 'batch/v1', kind, metadata: { name, annotations }, spec: { backoffLimit: 0, template } };
}

/** What events tell of hooks, by the clock that they show. */
function told(events: readonly LifecycleEvent[]): SideBySide {
  const ran: Record<string, Stretch> = {};
  const deleted: string[] = [];
  const begin = Date.parse(events[0].at);
  for (const each of events) {
    const now = Date.parse(each.at) - begin;
    if (each.kind === 'hook-deleted') deleted.push(`${describeRef(each.hook)} by ${each.policy}`);
    if (each.kind === 'hook-started') ran[describeRef(each.hook)] = { from: now, to: Infinity, verdict: 'succeeded' };
    if (each.kind !== 'hook-finished') continue;
    const { kind } = each.verdict;
    if (kind !== 'succeeded' && kind !== 'failed') throw new Error(`${describeRef(each.hook)} ${kind}`);
    ran[describeRef(each.hook)] = { ...ran[describeRef(each.hook)], to: now, verdict: kind };
  }
  return { ran, deleted };
}

async function played(hooks: readonly OrderedHook[], atOnce: number): Promise<SideBySide> {
  const jobs = Object.fromEntries(hooks.map((each) => [each.name, { for: `${runsFor(each, hooks)}ms`, exitCode: each.fails ? 1 : 0 }]));
  const shop = await Shop.open({ jobs });
  const { outcome, events } = await shop.install(hooks.map(objectOf), { parallelism: atOnce });
  const seen = told(events);
  expect(outcome.status).toBe(Object.values(seen.ran).some(({ verdict }) => verdict === 'failed') ? 'failed' : 'succeeded');
  const names = [...(await shop.names('Job')), ...(await shop.names('ConfigMap'))];
  const gone = seen.deleted.map((line) => line.replace(/^\w+\/(\S+) .*$/, '$1'));
  expect(names.sort()).toEqual(hooks.filter(({ kind, name }) => seen.ran[`${kind}/${name}`] && !gone.includes(name)).map(({ name }) => name).sort());
  return seen;
}

test('hooks side by side: each starts as soon as what it waits for is done and there is room for it, and not before', async () => {
  const asTheModel = fc.asyncProperty(event, async ({ hooks, atOnce }) => expect(await played(hooks, atOnce)).toEqual(sideBySide(hooks, atOnce)));
  await fc.assert(asTheModel, PARAMETERS);
}, 600_000);

test('the hooks that are tried wait for each other in every way', () => {
  const seen = new Set<string>();
  for (const { hooks, atOnce } of fc.sample(event, { numRuns: 150, seed: SEED })) {
    const stretches = Object.values(sideBySide(hooks, atOnce).ran);
    const most = Math.max(...stretches.map(({ from }) => stretches.filter((other) => other.from <= from && other.to > from).length));
    seen.add(`${Math.min(most, 4)} at once of ${atOnce}`);
    if (stretches.length < hooks.length) seen.add('others are not started');
    if (stretches.filter(({ verdict }) => verdict === 'failed').length > 1) seen.add('several fail');
    const [failure] = stretches.filter(({ verdict }) => verdict === 'failed').sort((one, other) => one.to - other.to);
    if (failure && stretches.some(({ from, to, verdict }) => from < failure.to && to > failure.to && verdict === 'succeeded')) seen.add('one succeeds after a failure');
  }
  expect([...seen]).toEqual(expect.arrayContaining([
    '1 at once of 1', '2 at once of 2', '3 at once of 3', '4 at once of 8', 'others are not started', 'several fail', 'one succeeds after a failure',
  ]));
});
