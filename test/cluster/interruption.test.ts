import { getEventListeners } from 'node:events';
import { Interruption } from '../../src/cluster';

/** Work that is over when its signal is aborted, or by hand. */
function work(interruption: Interruption): { readonly aborted: Promise<boolean>; readonly end: () => void } {
  let end: () => void;
  const aborted = interruption.during((signal) => new Promise<boolean>((resolve) => {
    end = () => resolve(signal.aborted);
    signal.addEventListener('abort', end);
  }));
  return { aborted, end: () => end() };
}

test('all who wait are told by one listener, which goes with the last of them', async () => {
  const controller = new AbortController();
  const count = () => getEventListeners(controller.signal, 'abort').length;
  const interruption = new Interruption(controller.signal);
  const [first, second, third] = [work(interruption), work(interruption), work(interruption)];
  expect(count()).toBe(1);
  first.end();
  expect([await first.aborted, count()]).toEqual([false, 1]);
  controller.abort();
  expect([await second.aborted, await third.aborted, count()]).toEqual([true, true, 0]);
});

test('the listener goes with work that fails, too', async () => {
  const { signal } = new AbortController();
  await expect(new Interruption(signal).during(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('work that begins after the interruption is told at once', async () => {
  const interruption = new Interruption(AbortSignal.abort());
  expect([interruption.aborted, await interruption.during((signal) => Promise.resolve(signal.aborted))]).toEqual([true, true]);
});
