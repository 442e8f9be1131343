import stringWidth from 'string-width';
import { LifecycleEvent } from '../../src/lifecycle';
import { LiveReporter } from '../../src/report';
import { upgraded } from './operation';
import { Screen } from './screen';

let screen: Screen;
let writes: string[];
let listeners: { resize?: () => void; exit?: () => void };
let reporter: LiveReporter;

function open(columns: number, rows: number, colour = false): void {
  screen = new Screen(columns, rows);
  writes = [];
  listeners = {};
  const on = (event: keyof typeof listeners) => (listener: () => void) => {
    listeners[event] = listener;
    return () => void delete listeners[event];
  };
  reporter = new LiveReporter({
    colour,
    terminal: {
      space: () => ({ columns: screen.columns, rows: screen.rows, widthOf: (text) => stringWidth(text) }),
      write: (text) => {
        writes.push(text);
        screen.write(text);
      },
      onResize: on('resize'),
      onExit: on('exit'),
    },
  });
}

let events: readonly LifecycleEvent[];

beforeAll(async () => {
  ({ events } = await upgraded({ migrate: { logs: ['one', 'two'], exitCode: 1 } }));
});

const STARTED = Date.parse('2026-01-01T00:00:00Z');

/** Reports the events, all of them at once, up to the first of a kind. */
function report(kind: LifecycleEvent['kind']): void {
  for (const event of events.slice(0, events.findIndex((each) => each.kind === kind) + 1)) reporter.report(event);
}

beforeEach(() => {
  jest.useFakeTimers({ now: STARTED });
  open(80, 24);
});

afterEach(() => {
  jest.useRealTimers();
});

test('events that come together are shown in one frame', () => {
  report('hook-log');
  jest.advanceTimersByTime(1);
  expect([writes.length, screen.visible.length]).toEqual([1, 5]);
});

test('however many events come, there are no more than twelve frames a second', () => {
  report('hook-log');
  const log = events.find(({ kind }) => kind === 'hook-log')!;
  for (let millisecond = 0; millisecond < 1000; millisecond++) {
    reporter.report({ ...log, line: `line ${millisecond}` } as LifecycleEvent);
    jest.advanceTimersByTime(1);
  }
  expect(writes.length).toBeGreaterThan(9);
  expect(writes.length).toBeLessThanOrEqual(13);
});

test('while nothing happens, a frame is written when another second has passed', () => {
  report('hook-started');
  jest.advanceTimersByTime(1);
  const before = writes.length;
  jest.advanceTimersByTime(5000);
  expect([writes.length - before, screen.visible[1]]).toEqual([5, '  pre-upgrade    -10  Job/db-backup  running  5 s']);
});

test('a resize is drawn at once, over all rows that the old frame takes now', () => {
  screen.write('$ command\r\n');
  report('hook-log');
  jest.advanceTimersByTime(1);
  screen.resize(30, 24);
  listeners.resize!();
  expect(screen.all).toEqual([
    '$ command',
    'upgrade web, namespace shop:…',
    '  pre-upgrade    -10  Job/d…',
    '  pre-upgrade     -5  Job/m…',
    '    | one',
    '  resources           3 pend…',
  ]);
});

test('closed, it leaves the text and the cursor, and nothing that runs', () => {
  report('operation-finished');
  jest.advanceTimersByTime(1);
  reporter.close();
  expect([screen.cursor, jest.getTimerCount(), listeners]).toEqual([true, 0, {}]);
  expect(screen.all.slice(0, 5)).toEqual([
    'upgrade web, namespace shop: revision 1 -> 2',
    '  pre-upgrade    -10  Job/db-backup  succeeded  2.0 s',
    '  pre-upgrade     -5  Job/migrate    failed: container "main" exited 1  2.0 s',
    '  resources           untouched',
    'upgrade web: failed  4.0 s',
  ]);
});

test('a process that ends in the middle gives the cursor back', () => {
  report('hook-log');
  jest.advanceTimersByTime(1);
  expect(screen.cursor).toBe(false);
  listeners.exit!();
  expect(screen.cursor).toBe(true);
});

test('what no event tells stays in sight below the headline', () => {
  report('hook-started');
  reporter.note('SIGINT: stopping');
  jest.advanceTimersByTime(1);
  expect(screen.visible.slice(0, 2)).toEqual(['upgrade web, namespace shop: revision 1 -> 2  0 s', 'SIGINT: stopping']);
});

test('a note may be the first that is told', () => {
  reporter.note('SIGINT: stopping');
  reporter.close();
  expect(screen.all).toEqual(['SIGINT: stopping']);
});

test('closed before anything was told, it writes nothing', () => {
  jest.advanceTimersByTime(1000);
  reporter.close();
  expect(writes).toEqual([]);
});

test.each([
  [true, '\u001b[32msucceeded\u001b[m'],
  [false, 'succeeded'],
])('with colour %s a verdict is %j', (colour, verdict) => {
  open(80, 24, colour);
  report('operation-finished');
  reporter.close();
  const [line] = writes[0].split('\r\n').filter((each) => each.includes('db-backup'));
  expect(line).toBe(`  pre-upgrade    -10  Job/db-backup  ${verdict}  2.0 s`);
});
