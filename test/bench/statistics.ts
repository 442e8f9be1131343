/** What several runs of the same thing took, in milliseconds. */
export interface Summary {
  readonly minimum: number;
  readonly median: number;
  readonly maximum: number;
}

/** The middle of the sorted runs; of an even number the mean of the two in the middle. */
function median(sorted: readonly number[]): number {
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
}

/** @throws an error where there were no runs */
export function summarize(milliseconds: readonly number[]): Summary {
  if (milliseconds.length === 0) throw new Error('nothing was measured');
  const sorted = [...milliseconds].sort((a, b) => a - b);
  return { minimum: sorted[0], median: median(sorted), maximum: sorted[sorted.length - 1] };
}
