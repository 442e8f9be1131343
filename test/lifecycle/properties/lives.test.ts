import * as fc from 'fast-check';
import { life } from './generate';
import { JobEnd, Model, Step } from './model';
import { Stagehand, planned, words } from './play';

/*
 * Whatever a release holds, whatever is done to it and however its Jobs end: it goes as the model says. PROPERTY_RUNS says how many lives are tried,
 * PROPERTY_SEED where to begin; a failure prints its seed, its path and the smallest life that fails, or with PROPERTY_SHRINK=no the first.
 */

/** Where npm test begins: it tries the same lives each time. */
const SEED = 20_260_101;

const PARAMETERS = {
  numRuns: Number(process.env.PROPERTY_RUNS ?? 150),
  seed: Number(process.env.PROPERTY_SEED ?? SEED),
  endOnFailure: process.env.PROPERTY_SHRINK === 'no',
};

/** A step that can be taken: without a release there is nothing to roll back or uninstall. */
function possible(step: Step, model: Model): boolean {
  return step.do === 'deploy' || model.history.length > 0;
}

function* over(ends: readonly JobEnd[]): Generator<JobEnd, never> {
  for (let index = 0; ; index += 1) yield ends[index % ends.length];
}

async function live(steps: readonly Step[], ends: readonly JobEnd[]): Promise<void> {
  const [model, stage] = [new Model(over(ends)), await Stagehand.open(over(ends))];
  for (const step of steps) {
    if (!possible(step, model)) continue;
    const { outcome, events } = await stage.take(step, model);
    const succeeds = model.take(step);
    expect(words(events)).toEqual(model.told);
    expect(outcome.status).toBe(succeeds ? 'succeeded' : 'failed');
    expect(await stage.hookObjects()).toEqual([...model.hookObjects.keys()].sort());
    expect(await stage.resources()).toEqual([...model.resources.keys()].sort());
    expect(await stage.shop.statuses()).toEqual(model.history.map(({ version, status }) => `${version} ${status}`));
    const { plan, run } = planned(events);
    expect(run).toEqual(succeeds ? plan : plan.slice(0, run.length));
  }
}

test('every life of a release goes as Helm would have it: hooks, their objects, resources and records; and as its plans say', async () => {
  await fc.assert(fc.asyncProperty(life, ({ steps, ends }) => live(steps, ends)), PARAMETERS);
}, 600_000);

test('the lives that are tried know every event, every end of a hook and every deletion', () => {
  const seen = new Set<string>();
  for (const { steps, ends } of fc.sample(life, { numRuns: 150, seed: SEED })) {
    const model = new Model(over(ends));
    for (const step of steps) {
      if (!possible(step, model)) continue;
      const [before, resources] = [model.history.length, model.resources.size];
      seen.add(`${step.do} ${model.take(step) ? 'succeeds' : 'fails'}`);
      if (before > 0 && model.resources.size < resources) seen.add('resources are removed');
      for (const line of model.told) seen.add(line.replace(/^delete \S+/, 'delete').replace(/^(\S+-\S+) \S+ (\S+)$/, '$1 $2').replace(/^start .*$/, 'start'));
    }
  }
  const events = ['install', 'upgrade', 'rollback', 'delete'].flatMap((event) => [`pre-${event}`, `post-${event}`]);
  expect([...seen]).toEqual(expect.arrayContaining([
    ...events.flatMap((event) => [`${event} succeeded`, `${event} failed`]),
    ...['before-hook-creation', 'hook-succeeded', 'hook-failed', 'uninstall'].map((policy) => `delete by ${policy}`),
    ...['deploy', 'rollback', 'uninstall'].flatMap((operation) => [`${operation} succeeds`, `${operation} fails`]),
    'pre-upgrade timed-out', 'resources are removed',
  ]));
});
