import { LiveCanvas } from '../../src/report/live-canvas';
import { Screen } from './screen';

let screen: Screen;
let writes: string[];
let canvas: LiveCanvas;

function open(columns: number, rows: number): void {
  screen = new Screen(columns, rows);
  writes = [];
  canvas = new LiveCanvas((text) => {
    writes.push(text);
    screen.write(text);
  });
  screen.write('$ command\r\n');
}

beforeEach(() => open(20, 6));

test('each frame is drawn over the one before, in one write', () => {
  const frames = [['one'], ['one', 'two', 'three'], ['a', 'two'], ['a much longer line', 'b', 'c', 'd']];
  for (const frame of frames) {
    canvas.draw(frame);
    expect(screen.all).toEqual(['$ command', ...frame]);
  }
  expect(writes).toHaveLength(frames.length);
});

test('a frame is shown at once by terminals that can', () => {
  canvas.draw(['one']);
  expect(writes).toEqual([expect.stringMatching(/^\u001b\[\?2026h.*\u001b\[\?2026l$/s)]); // eslint-disable-line no-control-regex
});

test('a frame that is shown already is not written again', () => {
  canvas.draw(['one']);
  canvas.draw(['one']);
  expect(writes).toHaveLength(1);
});

test('a frame that fills the screen scrolls what was above away, once', () => {
  for (const letter of 'abc') canvas.draw([letter, '2', '3', '4', '5']);
  expect([screen.all, screen.visible]).toEqual([['$ command', 'c', '2', '3', '4', '5'], ['c', '2', '3', '4', '5']]);
});

test('a line that the terminal counts wider than we do is cut and does not break the others', () => {
  canvas.draw(['x'.repeat(25), 'two']);
  canvas.draw(['y', 'two']);
  expect(screen.all).toEqual(['$ command', 'y', 'two']);
});

test('the lines that a narrower terminal has broken are all replaced', () => {
  canvas.draw(['fifteen columns', 'two', 'fifteen columns']);
  screen.resize(10, 9);
  canvas.redraw(['ten or so', 'two'], 5);
  expect(screen.all).toEqual(['$ command', 'ten or so', 'two']);
});

test('at the end the lines stay in their full length and number, and the cursor is shown', () => {
  canvas.draw(['one', 'two']);
  expect(screen.cursor).toBe(false);
  const lines = [...'abcdefgh'];
  canvas.finish([...lines, 'z'.repeat(25)]);
  expect([screen.all, screen.cursor]).toEqual([['$ command', ...lines, 'z'.repeat(20), 'z'.repeat(5)], true]);
});

test('nothing is left of a frame that fills the screen, although tmux keeps what is erased from the first place downwards', () => {
  const frame = ['1', '2', '3', '4', '5'];
  canvas.draw(frame);
  canvas.redraw(frame, 5);
  canvas.finish(frame);
  expect(screen.all).toEqual(['$ command', ...frame]);
});

test('who leaves in the middle gives the cursor back, below what is drawn', () => {
  canvas.draw(['one', 'two']);
  canvas.leave();
  screen.write('$ ');
  expect([screen.all, screen.cursor]).toEqual([['$ command', 'one', 'two', '$'], true]);
});

test('where nothing was drawn nothing is written', () => {
  canvas.leave();
  canvas.redraw([], 0);
  canvas.finish([]);
  expect(writes).toEqual([]);
});
