import { EVENT_TRIALS } from '../event-trials';
import { Death, mortal } from '../mortal';
import { OPERATION_TRIALS } from '../operation-trials';
import { Trial, mostPodsAtOnce } from '../trial';

/* The process dies before and after every single call it makes of the cluster. Whoever runs the operation again must get it done. */

async function dieAndGoOn(trial: Trial, death: Death): Promise<readonly unknown[]> {
  const cluster = await trial.prepared();
  const over = new AbortController();
  const pods = mostPodsAtOnce(cluster, over.signal);
  const process = mortal(cluster, death);
  const first = await Promise.race([trial.perform(process.cluster).then(({ result }) => result), process.died]);
  const second = await trial.performAgain(cluster);
  over.abort();
  return [first, second, await trial.found(cluster), await trial.unfinished(cluster), await pods];
}

describe.each([...OPERATION_TRIALS, ...EVENT_TRIALS])('$name that dies', (trial) => {
  test('can be done again wherever that was: nothing is pending, and no two Pods of a hook ever ran at once', async () => {
    const process = mortal(await trial.prepared());
    expect((await trial.perform(process.cluster)).result).toBe('succeeded');
    const deaths = Array.from({ length: process.calls() }, (_, call) => [{ call, moment: 'before' }, { call, moment: 'after' }] as const).flat();
    const bad: unknown[] = [];
    for (const death of deaths) {
      const seen = await dieAndGoOn(trial, death);
      const good = [death.moment === 'before' ? 'died' : seen[0], 'succeeded', trial.left, { pending: 0, locks: 0 }];
      if (JSON.stringify(seen.slice(0, 4)) !== JSON.stringify(good) || (seen[4] as number) > 1) bad.push([death, seen]);
    }
    expect(bad).toEqual([]);
    expect(process.calls()).toBeGreaterThan(20);
  }, 300_000);
});
