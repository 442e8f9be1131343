import { VirtualClock } from '../../../src/cluster/simulated';

const clock = () => new VirtualClock(new Date(0));
const idle = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

test('hours of waiting take no time, and the clock shows them', async () => {
  const virtual = clock();
  const started = Date.now();
  await virtual.sleep(3 * 3_600_000);
  expect(virtual.now().toISOString()).toBe('1970-01-01T03:00:00.000Z');
  expect(Date.now() - started).toBeLessThan(1000);
});

test('what is due first happens first, and what is due together in the order in which it was asked for', async () => {
  const virtual = clock();
  const seen: string[] = [];
  const note = (word: string) => () => void seen.push(`${virtual.now().getTime()} ${word}`);
  virtual.after(30, note('c'));
  virtual.after(10, note('a'));
  virtual.after(20, note('b'));
  virtual.after(20, note('b2'));
  virtual.after(-5, note('now'));
  await virtual.sleep(30);
  expect(seen).toEqual(['0 now', '10 a', '20 b', '20 b2', '30 c']);
});

test('what a timer starts counts from its time', async () => {
  const virtual = clock();
  const seen: number[] = [];
  virtual.after(10, () => virtual.after(5, () => seen.push(virtual.now().getTime())));
  await virtual.sleep(20);
  expect(seen).toEqual([15]);
});

test('a timer that is taken back never fires', async () => {
  const virtual = clock();
  let fired = false;
  virtual.after(10, () => (fired = true))();
  await virtual.sleep(20);
  expect(fired).toBe(false);
});

test('time passes only when nothing else is left to do', async () => {
  const virtual = clock();
  virtual.after(10, () => undefined);
  for (let turn = 0; turn < 100; turn += 1) await Promise.resolve();
  expect(virtual.now().getTime()).toBe(0);
  await idle();
  expect(virtual.now().getTime()).toBe(10);
});

test('a clock without timers stands still', async () => {
  const virtual = clock();
  await idle();
  expect(virtual.now().getTime()).toBe(0);
});

test('a sleep that is aborted ends at once, and moves the clock no more', async () => {
  const virtual = clock();
  const controller = new AbortController();
  const sleep = virtual.sleep(1000, controller.signal);
  virtual.after(10, () => controller.abort());
  await sleep;
  await idle();
  expect(virtual.now().getTime()).toBe(10);
  await virtual.sleep(1000, controller.signal);
  expect(virtual.now().getTime()).toBe(10);
});
