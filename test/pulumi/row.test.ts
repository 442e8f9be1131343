import { setTimeout } from 'node:timers/promises';
import { rowOf } from '../../src/pulumi/row';
import { recordingRow } from './recording-row';

afterEach(() => jest.restoreAllMocks());

test('what happens now is replaced by the next, what was said stays, and a warning is one', async () => {
  const row = recordingRow();
  row.progress('started');
  row.info('succeeded');
  row.warn('odd');
  await row.flush();
  expect(row.said).toEqual(['… started', 'succeeded', '! odd']);
});

test('messages arrive in the order in which they were said, however long each takes', async () => {
  const arrived: string[] = [];
  const row = rowOf(async (_, message) => {
    await setTimeout(message === 'first' ? 20 : 0);
    arrived.push(message);
  });
  row.info('first');
  row.info('second');
  await row.flush();
  expect(arrived).toEqual(['first', 'second']);
});

test('a message that the engine does not take is printed, and those after it arrive', async () => {
  const printed = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  const arrived: string[] = [];
  const row = rowOf(async (_, message) => {
    if (message === 'lost') throw new Error('UNAVAILABLE');
    arrived.push(message);
  });
  row.info('lost');
  row.info('after');
  await row.flush();
  expect([arrived, printed.mock.calls]).toEqual([['after'], [['lost\n(not told to the engine: Error: UNAVAILABLE)']]]);
});

test('a message cannot move the cursor of the terminal that shows it', async () => {
  const row = recordingRow();
  row.info('\u001b[2Jgone\rtwo\nlines');
  await row.flush();
  expect(row.said).toEqual(['\\x1b[2Jgone\\x0dtwo\nlines']);
});
