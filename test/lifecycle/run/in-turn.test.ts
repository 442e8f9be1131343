import { inTurn } from '../../../src/lifecycle/run/in-turn';
import { idle } from './scripted-cluster';

/** A write that a test lets end. */
function scripted() {
  const ends: { readonly resolve: () => void; readonly reject: (error: Error) => void }[] = [];
  const write = inTurn(() => new Promise<void>((resolve, reject) => void ends.push({ resolve, reject })));
  return { write, ends };
}

test('a write begins when the one before has ended', async () => {
  const { write, ends } = scripted();
  const first = write();
  await idle();
  const second = write();
  await idle();
  expect(ends).toHaveLength(1);
  ends[0].resolve();
  await first;
  await idle();
  expect(ends).toHaveLength(2);
  ends[1].resolve();
  await second;
});

test('all who ask while one is under way share the next one', async () => {
  const { write, ends } = scripted();
  const first = write();
  await idle();
  const others = [write(), write(), write()];
  ends[0].resolve();
  await first;
  await idle();
  ends[1].resolve();
  await Promise.all(others);
  expect(ends).toHaveLength(2);
});

test('a failure is told to those who asked for that write, and the next one begins all the same', async () => {
  const { write, ends } = scripted();
  const first = write();
  await idle();
  const second = write();
  ends[0].reject(new Error('no'));
  await expect(first).rejects.toThrow('no');
  await idle();
  ends[1].resolve();
  await second;
});
