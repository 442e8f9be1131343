import { Measured } from './measure';
import { Unit } from './scenario';
import { verdictOf } from './verdict';

const HEAD = ['what', 'tool', 'minimum', 'median', 'maximum', 'of helm 4', 'target'];

function amount(value: number, unit: Unit): string {
  return unit === 'ms' ? `${(value / 1000).toFixed(2)} s` : `${Math.round(value)}${unit === 'MiB' ? ' MiB' : ''}`;
}

/** The measurements as a Markdown table, a line for each tool. */
export function benchTable(all: readonly Measured[]): string {
  const rows = all.flatMap((measured) => {
    const { figure, byTool } = measured;
    return Object.entries(byTool).map(([tool, { minimum, median, maximum }]) => {
      const verdict = tool === 'ours' ? verdictOf(measured, all) : undefined;
      const ratio = tool === 'ours' && byTool.helm4 ? `${Math.round((median / byTool.helm4.median) * 100)} %` : '';
      const target = verdict ? `${verdict.target}: ${verdict.holds ? 'holds' : 'MISSED'}` : '';
      return [figure.name, tool, ...[minimum, median, maximum].map((value) => amount(value, figure.unit)), ratio, target];
    });
  });
  const widths = HEAD.map((_, column) => Math.max(...[HEAD, ...rows].map((row) => row[column].length)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [line(HEAD), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join('\n');
}
