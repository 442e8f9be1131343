import { AuditLog } from '../conformance/audit-log';
import { Kube } from '../conformance/kube';
import { TOOLS, Toolbox } from '../conformance/tools';
import { Seen, everySequence, expectedLife } from './sequences/life';
import { play, seen } from './sequences/play';

/*
 * A release is installed, upgraded, rolled back and uninstalled, each time by helm 3, helm 4 or us: whoever did the step before must not matter.
 * No sequence fails with the helms alone, so none may fail with us.
 */

/** How many sequences go on at the same time: half of each is waiting for Jobs. */
const LANES = 8;

const SEQUENCES = everySequence(TOOLS).map((sequence) => [sequence.join(' → '), sequence] as const);
const results = new Map<string, { readonly namespace: string; readonly life: readonly Seen[] } | { readonly error: unknown }>();

beforeAll(async () => {
  const [log, kube, toolbox] = await Promise.all([AuditLog.fromNowOn(), Kube.start(), Toolbox.open()]);
  const queue = [...SEQUENCES];
  const played = new Map<string, Awaited<ReturnType<typeof play>>>();
  const lane = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [name, sequence] = next;
      try {
        played.set(name, await play(sequence, kube, toolbox));
      } catch (error) {
        results.set(name, { error });
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: LANES }, lane));
    const requests = await log.read((line) => /"namespace":"seq-/.test(line) && /"verb":"(create|patch)"/.test(line));
    for (const [name, each] of played) {
      results.set(name, { namespace: each.namespace, life: seen(each, requests.filter(({ namespace }) => namespace === each.namespace)) });
    }
  } finally {
    kube.stop();
    toolbox.close();
  }
}, 600_000);

test.each(SEQUENCES)('%s', (name) => {
  const result = results.get(name)!;
  if ('error' in result) throw result.error;
  expect(result.life).toEqual(expectedLife(result.namespace));
});
