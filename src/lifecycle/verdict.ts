/** How a hook ended. */
export type Verdict =
  | { readonly kind: 'succeeded' }
  | { readonly kind: 'failed'; readonly cause: string; /** What to do about it. */ readonly remedy?: string }
  /** Something keeps its Pod from running, and waiting cannot help. */
  | { readonly kind: 'stuck'; readonly cause: string; /** What to do about it. */ readonly remedy?: string }
  | {
    readonly kind: 'timed-out';
    readonly afterSeconds: number;
    /** What kept its Pod from running, if anything did. */
    readonly waiting?: string;
    /** What to do about that. */
    readonly remedy?: string;
  }
  | { readonly kind: 'interrupted' };

/** The verdict as part of a sentence: `failed: container "main" exited 1`. */
export function describeVerdict(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'succeeded':
      return 'succeeded';
    case 'failed':
      return `failed: ${verdict.cause}`;
    case 'stuck':
      return `cannot run: ${verdict.cause}`;
    case 'timed-out':
      return `timed out after ${verdict.afterSeconds} s${verdict.waiting === undefined ? '' : `, ${verdict.waiting}`}`;
    case 'interrupted':
      return 'interrupted';
  }
}
