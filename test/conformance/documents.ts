import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The first cells of the rows of a Markdown table that stands under a heading. */
function rowsUnder(file: string, heading: string): string[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  const start = lines.findIndex((line) => line.replace(/^#+ /, '') === heading);
  if (start < 0) throw new Error(`${file} has no heading "${heading}"`);
  const end = lines.findIndex((line, index) => index > start && line.startsWith('#'));
  return lines
    .slice(start, end < 0 ? undefined : end)
    .filter((line) => line.startsWith('| '))
    .slice(1) // the heading of the table
    .map((line) => line.split('|')[1].trim().replaceAll('`', ''));
}

const COMPAT = resolve(__dirname, '../../docs/compat.md');

/** The rows of docs/compat.md: differences from both helms. */
export function compatRows(): string[] {
  return rowsUnder(COMPAT, 'Where it differs from both');
}

/** The behaviours that docs/compat.md says the helms differ in. */
export function helmRows(): string[] {
  return rowsUnder(COMPAT, 'Where the helms differ');
}

/** The rows of README.md: what Helm does. */
export function shownRows(): string[] {
  return rowsUnder(join(__dirname, 'README.md'), 'What is shown');
}
