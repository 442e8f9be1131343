import { TOOLS } from '../conformance/tools';
import { Measured } from './measure';

const HEAD = ['scenario', 'tool', 'minimum', 'median', 'maximum', 'ours is'];

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

/** `3.1× as fast` */
function comparison(others: number, ours: number): string {
  return `${(others / ours).toFixed(1)}× as fast`;
}

/** The measurements as a Markdown table, a line for each tool. */
export function benchTable(measured: ReadonlyMap<string, Measured>): string {
  const rows = [...measured].flatMap(([name, byTool]) =>
    TOOLS.map((tool) => {
      const { minimum, median, maximum } = byTool[tool];
      const ratio = tool === 'ours' ? '' : comparison(median, byTool.ours.median);
      return [name, tool, seconds(minimum), seconds(median), seconds(maximum), ratio];
    }),
  );
  const widths = HEAD.map((_, column) => Math.max(...[HEAD, ...rows].map((row) => row[column].length)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [line(HEAD), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join('\n');
}
