import { Line, Part, textOf } from './part';
import { printable } from './printable';

/** How many columns of a terminal a text takes; wide characters take two, combining marks none. */
export type Measure = (text: string) => number;

const ELLIPSIS = '…';
const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Printable, and on one line: a tab would go as far as the terminal likes, so it becomes blanks. */
export function oneLine(text: string): string {
  return printable(text.replace(/\t/g, '    ').replace(/\n/g, ' '));
}

/** As much of the text as fits into the columns. It looks no further than that, for lines may be very long. */
function start(text: string, columns: number, widthOf: Measure): string {
  let [end, width] = [0, 0];
  for (const { segment, index } of characters.segment(text)) {
    width += widthOf(segment);
    if (width > columns) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

/** The text, cut at its end where it is longer than the columns. */
export function fit(text: string, columns: number, widthOf: Measure): string {
  const fitting = start(text, columns, widthOf);
  if (fitting === text || columns < 1) return fitting;
  return start(fitting, columns - 1, widthOf).replace(/…$/, '') + ELLIPSIS;
}

/** The text, cut in its middle where it is longer than the columns: names often differ only at their ends. */
export function elide(text: string, columns: number, widthOf: Measure): string {
  if (start(text, columns, widthOf) === text) return text;
  let end = '';
  for (const { segment } of [...characters.segment(text)].reverse()) {
    if (widthOf(segment + end) > (columns - 1) / 2) break;
    end = segment + end;
  }
  return start(text, columns - 1 - widthOf(end), widthOf) + (columns < 1 ? '' : ELLIPSIS) + end;
}

/** The text, filled with blanks up to the columns. */
export function pad(text: string, columns: number, widthOf: Measure): string {
  return text + ' '.repeat(Math.max(0, columns - widthOf(text)));
}

/** The text in lines of so many columns, broken at blanks where there are any; what does not fit into so many lines is cut. */
export function wrap(text: string, columns: number, lines: number, widthOf: Measure): string[] {
  if (lines <= 1 || start(text, columns, widthOf) === text) return [fit(text, columns, widthOf)];
  const fitting = start(text, columns, widthOf);
  const blank = text[fitting.length] === ' ' ? fitting.length : fitting.lastIndexOf(' ');
  const head = blank > 0 ? text.slice(0, blank) : fitting;
  return head === '' ? [fit(text, columns, widthOf)] : [head, ...wrap(text.slice(head.length).trimStart(), columns, lines - 1, widthOf)];
}

/** A line of printable parts that is no longer than the columns. */
export function fitLine(line: Line, columns: number, widthOf: Measure): Line {
  let left = columns;
  const parts: Part[] = [];
  for (const part of line) {
    const text = fit(textOf(part), left, widthOf);
    parts.push(typeof part === 'string' ? text : { ...part, text });
    left -= widthOf(text);
    if (text !== textOf(part)) break;
  }
  return parts;
}
