import { LogTail, keptLines } from '../../src/release';

function tailOf(...lines: readonly (readonly [source: string, line: string])[]): LogTail {
  const tail = new LogTail();
  for (const [source, line] of lines) {
    const [pod, container] = source.split('/');
    tail.add({ pod, container, line });
  }
  return tail;
}

const numbered = (count: number, length = 0) => Array.from({ length: count }, (_, index) => ['p/c', `${index + 1}`.padEnd(length)] as const);

test('the last hundred lines are kept, and it is known that there were more', () => {
  const kept = tailOf(...numbered(101)).kept()!;
  expect([keptLines(kept).length, keptLines(kept)[0].line, kept.cut]).toEqual([100, '2', true]);
  expect(tailOf(...numbered(100)).kept()).not.toHaveProperty('cut');
});

test('of long lines fewer are kept: 8 KiB', () => {
  const kept = tailOf(...numbered(20, 1000)).kept()!;
  expect([keptLines(kept).length, kept.cut]).toEqual([8, true]);
});

test('bytes count, not characters', () => {
  const euros = Array.from({ length: 10 }, () => ['p/c', '\u20ac'.repeat(1000)] as const);
  expect(keptLines(tailOf(...euros).kept()!)).toHaveLength(2);
});

test('of a line that is very long, the beginning is kept', () => {
  const kept = tailOf(['p/c', 'x'.repeat(5000)]).kept()!;
  expect([keptLines(kept)[0].line, kept.cut]).toEqual([`${'x'.repeat(2048)}\u2026`, true]);
});

test('lines of one container are kept together, in the order in which all lines came', () => {
  const kept = tailOf(['p/a', '1'], ['p/a', '2'], ['p/b', '3'], ['p/a', '4']).kept()!;
  expect(kept.parts).toEqual([{ pod: 'p', container: 'a', lines: ['1', '2'] }, { pod: 'p', container: 'b', lines: ['3'] }, { pod: 'p', container: 'a', lines: ['4'] }]);
  expect(keptLines(kept).map(({ line }) => line)).toEqual(['1', '2', '3', '4']);
});

test('where nothing was printed, there is nothing to keep', () => {
  expect(tailOf().kept()).toBeUndefined();
  expect(tailOf().last(20)).toEqual([]);
});

test.each([
  ['one container', ['p/a', 'p/a'], ['1', '2']],
  ['several containers', ['p/a', 'p/b'], ['a| 1', 'b| 2']],
  ['several Pods', ['p/a', 'q/a'], ['p/a| 1', 'q/a| 2']],
])('the last lines of %s say where they come from, if that is needed', (_case, [first, second], expected) => {
  expect(tailOf([first, '1'], [second, '2']).last(20)).toEqual(expected);
});
