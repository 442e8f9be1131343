import * as fc from 'fast-check';
import { HookFailedError, LifecycleEvent, Verdict } from '../../../src/lifecycle';
import { KubeObject } from '../../../src/vocabulary';
import { configMap, job, withMetadata } from '../../release/manifests';
import { Shop } from '../harness';

/*
 * Whatever hooks an upgrade has, however they end, and whenever it is interrupted: what runs in any case has run, what a failure calls for has if there was one,
 * and no failure is lost. PROPERTY_RUNS and PROPERTY_SEED as in lives.test.ts.
 */

const EVENT = { pre: 'pre-upgrade', post: 'post-upgrade', always: 'post-upgrade', failure: 'on-failure' } as const;

const hook = fc.record({
  is: fc.constantFrom(...(Object.keys(EVENT) as (keyof typeof EVENT)[])),
  weight: fc.integer({ min: 0, max: 2 }),
  beside: fc.boolean(),
  policies: fc.constantFrom('before-hook-creation', 'before-hook-creation,hook-succeeded', 'before-hook-creation,hook-failed'),
  end: fc.oneof({ weight: 4, arbitrary: fc.constant('succeeds' as const) }, { weight: 1, arbitrary: fc.constantFrom('fails' as const, 'takes too long' as const) }),
});

type Of<A> = A extends fc.Arbitrary<infer T> ? T : never;

type Generated = Of<typeof hook>;

const upgrade = fc.record({
  hooks: fc.array(hook, { minLength: 1, maxLength: 8 }),
  interruptedAfter: fc.option(fc.integer({ min: 1, max: 90 }), { nil: undefined, freq: 2 }),
});

const PARAMETERS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 200), seed: Number(process.env.PROPERTY_SEED ?? 20_260_101) };

const nameOf = (index: number) => `h${index}`;

function manifest({ is, weight, beside, policies }: Generated, index: number): KubeObject {
  const annotations = { ...(is === 'always' ? { 'cdk8s-lifecycle/always': 'true' } : {}), ...(beside ? { 'cdk8s-lifecycle/after': '' } : {}) };
  return withMetadata(job(nameOf(index), { on: EVENT[is], weight, policies }), { annotations });
}

const SCRIPTS = { 'succeeds': { for: '4s' }, 'fails': { for: '3s', exitCode: 1 }, 'takes too long': { for: '1h' } };

/** The names of the hooks that ended so, in the order in which they did. */
function endedSo(events: readonly LifecycleEvent[], isSo: (verdict: Verdict['kind']) => boolean): string[] {
  return events.flatMap((event) => (event.kind === 'hook-finished' && isSo(event.verdict.kind) ? [event.hook.name] : []));
}

async function upgraded({ hooks, interruptedAfter }: Of<typeof upgrade>): Promise<void> {
  const shop = await Shop.open({ jobs: Object.fromEntries(hooks.map(({ end }, index) => [nameOf(index), SCRIPTS[end]])) });
  await shop.install([configMap('settings')]);
  const interrupt = new AbortController();
  if (interruptedAfter !== undefined) shop.cluster.at(`${interruptedAfter}s`, () => interrupt.abort());
  const { outcome, events } = await shop.upgrade([configMap('settings', { x: '2' }), ...hooks.map(manifest)], { timeoutSeconds: 30, interrupt: interrupt.signal });

  const all = (is: Generated['is']) => hooks.flatMap((each, index) => (each.is === is ? [nameOf(index)] : []));
  const started = events.flatMap((event) => (event.kind === 'hook-started' ? [event.hook.name] : []));
  const ended = endedSo(events, (verdict) => verdict !== 'interrupted');
  const failed = endedSo(events, (verdict) => verdict !== 'succeeded' && verdict !== 'interrupted');
  // What runs in any case has come to an end of its own, once; what a failure calls for, too, and only then.
  expect(ended.filter((name) => all('always').includes(name)).sort()).toEqual(all('always').sort());
  const forAFailure = outcome.status === 'failed' ? all('failure').sort() : [];
  const ranForIt = ended.filter((name) => all('failure').includes(name)).sort();
  // An interrupt that comes later ends those for a failure.
  if (interrupt.signal.aborted) expect(forAFailure).toEqual(expect.arrayContaining(ranForIt));
  else expect(ranForIt).toEqual(forAFailure);
  if (outcome.status !== 'failed') expect(started.filter((name) => all('failure').includes(name))).toEqual([]);
  // Those that run in any case, and had not yet, follow those for a failure.
  const [forFailure, inAnyCase] = [all('failure'), all('always')].map((each) => started.flatMap((name, place) => (each.includes(name) ? [place] : [])));
  const between = inAnyCase.filter((place) => place > forFailure[0] && place < forFailure.at(-1)!);
  if (outcome.status === 'failed') expect(between).toEqual([]);
  // No failure is lost, and none is told twice.
  const told = [outcome.error, ...(outcome.alsoFailed ?? [])].flatMap((error) => (error instanceof HookFailedError ? [error, ...error.others] : []));
  if (outcome.status !== 'interrupted') expect(told.map((error) => error.hook.hook.name).sort()).toEqual([...failed].sort());
  expect(outcome.status === 'succeeded' && failed.length > 0).toBe(false);
  // When all of it is over, it is recorded.
  const last = events.filter(({ kind }) => kind === 'hook-finished' || kind === 'record-written').at(-1);
  expect(last).toMatchObject({ kind: 'record-written' });
  expect(await shop.statuses()).toEqual(outcome.status === 'succeeded' ? ['1 superseded', '2 deployed'] : ['1 deployed', '2 failed']);
}

test('what runs in any case has run, what a failure calls for has if there was one, and no failure is lost', async () => {
  await fc.assert(fc.asyncProperty(upgrade, upgraded), PARAMETERS);
}, 600_000);
