import { Measure, fitLine } from './fit';
import { LiveBlock, liveBlocks } from './live-blocks';
import { LiveState } from './live-state';
import { DIM, Line, paint } from './part';

/** The terminal's size, and how it counts. */
export interface LiveSpace {
  readonly columns: number;
  readonly rows: number;
  readonly widthOf: Measure;
}

/** Lines that a reason may take while the operation runs. */
const REASON_LINES = 3;

/** Details that are shown even where not every step has room. */
const LEAST_DETAILS = 5;

function linesOf(blocks: readonly LiveBlock[]): number {
  return blocks.reduce((sum, { head, details }) => sum + head.length + details.length, 0);
}

/** Leaves the last details of each block, the active ones first, and no more than the budget. */
function withFewerDetails(blocks: readonly LiveBlock[], budget: number): LiveBlock[] {
  const latestFirst = blocks.filter(({ details }) => details.length > 0).reverse();
  const order = [...latestFirst.filter(({ stage }) => stage === 'active'), ...latestFirst.filter(({ stage }) => stage !== 'active')];
  const shares = new Map<LiveBlock, number>();
  let left = budget;
  for (const [index, block] of order.entries()) {
    const rivals = order.slice(index).filter(({ stage }) => stage === block.stage).length;
    const share = Math.min(block.details.length, Math.ceil(left / rivals));
    shares.set(block, share);
    left -= share;
  }
  return blocks.map((block) => ({ ...block, details: block.details.slice(block.details.length - (shares.get(block) ?? 0)) }));
}

/** As many lines as fit around the block that matters now, with the number of those that are left out. */
function around(blocks: readonly LiveBlock[], focus: LiveBlock | undefined, height: number): Line[] {
  const lines = blocks.flatMap(({ head, details }) => [...head, ...details]);
  if (lines.length <= height) return lines;
  const first = linesOf(blocks.slice(0, focus ? blocks.indexOf(focus) : 0));
  const size = Math.min(focus ? linesOf([focus]) : 0, height);
  const start = Math.max(0, Math.min(first - Math.floor((height - size) / 2), lines.length - height));
  const shown = lines.slice(start, start + height);
  const below = lines.length - start - height;
  if (start > 0 && start < first) shown[0] = [paint(DIM, `  … ${start + 1} more above`)];
  if (below > 0 && start + height > first + size) shown[height - 1] = [paint(DIM, `  … ${below + 1} more below`)];
  return shown;
}

/** The blocks in no more than so many lines: the headline and what happens now stay in sight. */
function within(blocks: readonly LiveBlock[], height: number): Line[] {
  const spare = height - blocks.reduce((sum, { head }) => sum + head.length, 0);
  const shortened = withFewerDetails(blocks, Math.max(spare, Math.min(LEAST_DETAILS, Math.floor(height / 3))));
  if (linesOf(shortened) <= height) return around(shortened, undefined, height);
  const headline = height > 1 ? shortened.filter(({ kind }) => kind === 'headline').at(-1) : undefined;
  const rest = shortened.filter((block) => block !== headline);
  const focus = rest.filter(({ stage }) => stage === 'active').at(-1) ?? rest.filter(({ kind, stage }) => stage === 'done' && kind !== 'text').at(-1);
  return [...(headline?.head ?? []), ...around(rest, focus, height - (headline?.head.length ?? 0))];
}

/**
 * What the terminal shows at a moment. The last column stays empty, for there terminals wrap, each at another moment; so does the last row, where the cursor
 * goes at the end.
 */
export function liveFrame(state: LiveState, now: number, { columns, rows, widthOf }: LiveSpace): Line[] {
  const width = Math.max(1, columns - 1);
  const blocks = liveBlocks(state, now, { columns: width, reasonLines: REASON_LINES, widthOf });
  return within(blocks, Math.max(1, rows - 1)).map((line) => fitLine(line, width, widthOf));
}

/**
 * What stays in the scrollback when all is over, however many rows that takes: every step, every reason in full, the outcome. The logs of hooks that succeeded
 * are folded away, the last lines of others are kept, in their full length.
 */
export function liveText(state: LiveState, now: number, { columns, widthOf }: LiveSpace): Line[] {
  const width = { columns: Math.max(1, columns - 1), reasonLines: Infinity, widthOf };
  return liveBlocks(state, now, width).flatMap(({ head, details }) => [...head, ...details]);
}
