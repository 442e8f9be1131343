import { Terminal, printable } from '../report';
import { isDumb, processTerminal } from './terminal';

/** How results are written. */
export type OutputFormat = 'text' | 'json';

/** Where a command writes; a test gives its own. */
export interface Streams {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** Whether people read `out` on a terminal that shows colours. */
  readonly colour: boolean;
  /** What `out` is, where it is a terminal that can be drawn on. */
  readonly terminal?: Terminal;
  /** Nobody watches the terminal: a CI system records what is written. */
  readonly unattended?: boolean;
}

/** CI systems set `CI`; people who want to see what one sees, or the opposite, set it themselves. */
function isSet(variable: string | undefined): boolean {
  return variable !== undefined && !['', '0', 'false'].includes(variable);
}

/** The streams of this process. A reader that goes away (`| head`) does not end an operation halfway. */
export function processStreams(): Streams {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  return {
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${line}\n`),
    colour: process.stdout.isTTY === true && !process.env.NO_COLOR && !isDumb(),
    terminal: processTerminal(process.stdout),
    unattended: isSet(process.env.CI),
  };
}

/** Rows in columns as wide as their widest cell. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const cells = rows.map((row) => row.map((cell) => printable(cell).replace(/\n/g, ' ')));
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  return cells.map((row) => row.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd());
}
