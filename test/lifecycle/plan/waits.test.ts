import * as fc from 'fast-check';
import { OrderedHook, waitsOf } from '../../../src/lifecycle/plan/waits';

/** `a` is a barrier, `b()` waits for none, `c(a b)` for two; `|` stands between two events. */
function hooks(text: string): OrderedHook[] {
  return text.split('|').flatMap((event, index) =>
    [...event.matchAll(/(\w)(?:\(([^)]*)\))?/g)].map(([, name, after]): OrderedHook => ({
      event: `event ${index}`,
      name,
      ...(after === undefined ? {} : { after: after.split(' ') }),
    })));
}

test.each<[string, number[][]]>([
  ['', []],
  ['a b c', [[], [0], [1]]],
  ['a() b() c()', [[], [], []]],
  ['a() b(a) c(a)', [[], [0], [0]]],
  ['a() b(a) c(b)', [[], [0], [1]]],
  ['a() b() c(a b)', [[], [], [0, 1]]],
  ['a b() c()', [[], [0], [0]]],
  ['a() b() c', [[], [], [0, 1]]],
  ['a() b(a) c() d', [[], [0], [], [1, 2]]],
  ['a() b c() d(a) e(c)', [[], [0], [1], [1], [2]]],
  ['a b c()', [[], [0], [1]]],
  ['a(gone) b(gone a)', [[], [0]]],
  ['a(b) b()', [[], []]],
  ['a(a) b()', [[], []]],
  ['a() a() b(a)', [[], [], [0, 1]]],
  ['a() b() | c() d()', [[], [], [0, 1], [0, 1]]],
  ['a() | b() | c()', [[], [0], [1]]],
  ['a | b() c() | d', [[], [0], [0], [1, 2]]],
  ['a() | b(a)', [[], [0]]],
])('in "%s" each waits for %j', (text, waits) => {
  expect(waitsOf(hooks(text))).toEqual(waits);
});

const NAMES = ['a', 'b', 'c', 'd'];
const hook = fc.record({ name: fc.constantFrom(...NAMES), after: fc.option(fc.subarray(NAMES), { nil: undefined }), event: fc.nat(3) }, { requiredKeys: ['name', 'event'] });
const someHooks = fc.array(hook, { maxLength: 12 }).map((all): OrderedHook[] => {
  return [...all].sort((a, b) => a.event - b.event).map((each) => ({ ...each, event: `${each.event}` }));
});

/** Everything that a hook waits for, directly or through others. */
function allBefore(waits: readonly (readonly number[])[], place: number): Set<number> {
  return new Set(waits[place].flatMap((each) => [each, ...allBefore(waits, each)]));
}

test('a hook waits for all before it where it, or one between them, is a barrier or of another event, and else for those that it names', () => {
  fc.assert(fc.property(someHooks, (all) => {
    const waits = waitsOf(all);
    all.forEach((later, place) => {
      const before = allBefore(waits, place);
      all.slice(0, place).forEach((earlier, at) => {
        const between = all.slice(at, place + 1);
        const isApart = between.some(({ after }) => after === undefined) || earlier.event !== later.event;
        if (isApart || later.after!.includes(earlier.name)) expect(before).toContain(at);
      });
      expect([...before].every((each) => each < place)).toBe(true);
      const isBarrier = (each: OrderedHook) => each.after === undefined || each.event !== later.event;
      if (later.after?.length === 0) expect([...before].every((each) => all.slice(each, place).some(isBarrier))).toBe(true);
    });
  }));
});
