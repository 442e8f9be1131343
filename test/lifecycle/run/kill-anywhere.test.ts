import { FourOperation, LEFT, OPERATIONS, mostPodsAtOnce, perform, performAgain, prepared, resources, unfinished } from '../four-operations';
import { Death, mortal } from '../mortal';

/* The process dies before and after every single call it makes of the cluster. Whoever runs the operation again must get it done. */

async function dieAndGoOn(operation: FourOperation, death: Death): Promise<readonly unknown[]> {
  const cluster = await prepared(operation);
  const over = new AbortController();
  const pods = mostPodsAtOnce(cluster, over.signal);
  const process = mortal(cluster, death);
  const first = await Promise.race([perform(process.cluster, operation).then(({ result }) => result), process.died]);
  const second = await performAgain(cluster, operation);
  over.abort();
  return [first, second, await resources(cluster), await unfinished(cluster), await pods];
}

describe.each(OPERATIONS)('an %s that dies', (operation) => {
  test('can be done again wherever that was: nothing is pending, and no two Pods of a hook ever ran at once', async () => {
    const process = mortal(await prepared(operation));
    expect((await perform(process.cluster, operation)).result).toBe('succeeded');
    const deaths = Array.from({ length: process.calls() }, (_, call) => [{ call, moment: 'before' }, { call, moment: 'after' }] as const).flat();
    const bad: unknown[] = [];
    for (const death of deaths) {
      const seen = await dieAndGoOn(operation, death);
      const good = [death.moment === 'before' ? 'died' : seen[0], 'succeeded', LEFT[operation], { pending: 0, locks: 0 }];
      if (JSON.stringify(seen.slice(0, 4)) !== JSON.stringify(good) || (seen[4] as number) > 1) bad.push([death, seen]);
    }
    expect(bad).toEqual([]);
    expect(process.calls()).toBeGreaterThan(20);
  }, 300_000);
});
