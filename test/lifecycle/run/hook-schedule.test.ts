import * as fc from 'fast-check';
import { startable } from '../../../src/lifecycle/run/hook-schedule';

const state = (started: readonly number[], done: readonly number[]) => {
  return { started: new Set(started), done: new Set(done), running: started.length - done.length };
};

test.each<[string, number[][], number[], number[], number, number[]]>([
  ['nothing', [], [], [], 8, []],
  ['the first of a chain', [[], [0], [1]], [], [], 8, [0]],
  ['the next of a chain', [[], [0], [1]], [0], [0], 8, [1]],
  ['none while it runs', [[], [0], [1]], [0], [], 8, []],
  ['all that wait for nothing', [[], [], []], [], [], 8, [0, 1, 2]],
  ['as many as there is room for', [[], [], []], [], [], 2, [0, 1]],
  ['one more when one has ended', [[], [], []], [0, 1], [1], 2, [2]],
  ['one whose own are done, before another that comes earlier', [[], [], [0], [1]], [0, 1], [1], 2, [3]],
  ['none without room', [[], []], [0], [], 1, []],
])('%s', (_, waits, started, done, atATime, expected) => {
  expect(startable(waits, state(started, done), atATime)).toEqual(expected);
});

/** For each hook a choice among those before it. */
const someWaits = fc.array(fc.array(fc.nat(), { maxLength: 3 }), { maxLength: 12 })
  .map((all) => all.map((each, place) => [...new Set(place === 0 ? [] : each.map((number) => number % place))]));

/** Runs hooks, of which one of those that run ends at a time: `pick` says which. Returns what runs at each moment. */
function played(waits: readonly (readonly number[])[], atATime: number, picks: readonly number[]): number[][] {
  const [started, done] = [new Set<number>(), new Set<number>()];
  const moments: number[][] = [];
  for (let turn = 0; done.size < waits.length; turn += 1) {
    for (const place of startable(waits, { started, done, running: started.size - done.size }, atATime)) {
      expect(waits[place].every((each) => done.has(each))).toBe(true);
      started.add(place);
    }
    const running = [...started].filter((place) => !done.has(place));
    moments.push(running);
    done.add(running[(picks[turn] ?? 0) % running.length]);
  }
  return moments;
}

test('all run, none before those that it waits for, and never more than may', () => {
  fc.assert(fc.property(someWaits, fc.integer({ min: 1, max: 4 }), fc.array(fc.nat()), (waits, atATime, picks) => {
    const moments = played(waits, atATime, picks);
    expect(moments.every(({ length }) => length >= 1 && length <= atATime)).toBe(true);
    expect(new Set(moments.flat()).size).toBe(waits.length);
  }));
});

test('one at a time they run in their order', () => {
  fc.assert(fc.property(someWaits, (waits) => {
    expect(played(waits, 1, [])).toEqual(waits.map((_, place) => [place]));
  }));
});
