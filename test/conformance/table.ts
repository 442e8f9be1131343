import { Mark } from './compare';

/** A line of the table that the suite prints. */
export interface Row {
  readonly id: string;
  readonly mark: Mark | 'not yet';
  readonly helmsDiffer?: boolean;
  /** What it waits for, or the row of docs/compat.md. */
  readonly note?: string;
}

/** Behaviours × (helm 3, helm 4, ours), and what it comes to. */
export function tableOf(rows: readonly Row[], distinct: number, seconds: number): string {
  const width = Math.max(...rows.map(({ id }) => id.length));
  const line = ({ id, mark, helmsDiffer, note = '' }: Row) => {
    const helms = mark === 'not yet' ? ['-', '-'] : helmsDiffer ? ['A', 'B'] : ['A', 'A'];
    const own = { '=3=4': 'A', '=3': 'A', '=4': 'B', 'compat': 'C', 'DIFFERS': 'C', 'not yet': '-' }[mark];
    return [id.padEnd(width), helms[0].padEnd(6), helms[1].padEnd(6), own.padEnd(4), mark, note].join('  ').trimEnd();
  };
  const marks: readonly Row['mark'][] = ['=3=4', '=3', '=4', 'compat', 'DIFFERS', 'not yet'];
  const counts = marks.map((mark) => `${mark} ${rows.filter((row) => row.mark === mark).length}`);
  return [
    ['behaviour'.padEnd(width), 'helm 3', 'helm 4', 'ours', 'verdict'].join('  '),
    ...rows.map(line),
    '',
    `${rows.length} behaviours: ${counts.join(', ')}; ${distinct} traces under helm that differ from one another; ${seconds.toFixed(0)} s`,
  ].join('\n');
}
