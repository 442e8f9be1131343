import { Difference } from './behaviour';
import { Report } from './report';

/** How ours compares with both helms. */
export type Mark = '=3=4' | '=3' | '=4' | 'compat' | 'DIFFERS';

/** The verdict on one behaviour. */
export interface Comparison {
  readonly mark: Mark;
  /** Whether the helms differ from each other. */
  readonly helmsDiffer: boolean;
  /** The lines in which ours differs from the nearer helm. */
  readonly lines: readonly string[];
  /** Why the behaviour fails, if it does. */
  readonly problem?: string;
}

/** The rows of docs/compat.md that explain a difference. */
export function rowsOf({ row }: Difference): readonly string[] {
  return typeof row === 'string' ? [row] : row;
}

function linesOf({ trace, left }: Report): string[] {
  return [...trace, ...left.map((line) => `left: ${line}`)];
}

/** The lines that only one of two texts has: `-` of the first, `+` of the second. */
export function difference(before: readonly string[], after: readonly string[]): string[] {
  const length = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      length[i][j] = before[i] === after[j] ? length[i + 1][j + 1] + 1 : Math.max(length[i + 1][j], length[i][j + 1]);
    }
  }
  const lines: string[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) [i, j] = [i + 1, j + 1];
    else if (j === after.length || (i < before.length && length[i + 1][j] >= length[i][j + 1])) lines.push(`- ${before[i++].trim()}`);
    else lines.push(`+ ${after[j++].trim()}`);
  }
  return lines;
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, index) => line === b[index]);
}

/** Compares the reports of the three tools; a difference that is meant must be there, exactly as it is written down. */
export function compare(helm3: Report, helm4: Report, ours: Report, meant?: Difference): Comparison {
  const [three, four, own] = [helm3, helm4, ours].map(linesOf);
  const [from3, from4] = [difference(three, own), difference(four, own)];
  const helmsDiffer = !same(three, four);
  const [is3, is4] = [from3.length === 0, from4.length === 0];
  if (is3 || is4) {
    const mark = is3 && is4 ? '=3=4' : is3 ? '=3' : '=4';
    return { mark, helmsDiffer, lines: [], problem: meant && `differs from no helm any more: ${rowsOf(meant).join(', ')} of docs/compat.md is not shown` };
  }
  const lines = from3.length < from4.length ? from3 : from4;
  if (!meant) return { mark: 'DIFFERS', helmsDiffer, lines, problem: 'differs from both helms' };
  const wrong = difference(meant.lines, lines);
  return { mark: wrong.length > 0 ? 'DIFFERS' : 'compat', helmsDiffer, lines, problem: wrong.length > 0 ? `differs otherwise than ${rowsOf(meant).join(', ')} says` : undefined };
}
