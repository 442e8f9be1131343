/** The first pause between two tries, and the longest, in milliseconds. */
const FIRST = 100;
const LONGEST = 5_000;

/**
 * How long to wait after so many failures in a row, in milliseconds: twice as long each time, with some chance in it, so that many who failed together do
 * not come back together.
 */
export function pauseAfter(failures: number): number {
  return Math.min(FIRST * 2 ** (failures - 1), LONGEST) * (0.5 + Math.random() / 2);
}
