import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { moduleOf } from '../../../projenrc/embed-scripts';

const FOLDER = join(__dirname, '../../../src/hooks/scripts');
const SCRIPTS = readdirSync(FOLDER).filter((file) => file.endsWith('.sh'));
const read = (file: string) => readFileSync(join(FOLDER, file), 'utf8');
const isWhole = (file: string) => read(file).startsWith('#!/bin/sh\n');

test.each(SCRIPTS)('%s is embedded as it is now: npx projen compile', (file) => {
  expect(read(file.replace(/\.sh$/, '.ts'))).toBe(moduleOf(file, read(file)));
});

test('a module holds exactly the script, whatever TypeScript reads into its characters', () => {
  const script = '#!/bin/sh\n# Says `it`.\necho "${a}\\n$b `c` \\\\"\n';
  const { text } = /export const A_B = (?<text>`[^]*`);\n$/.exec(moduleOf('a-b.sh', script))!.groups!;
  expect(new Function(`return ${text}`)()).toBe(script);
});

test('what Helm would evaluate, and a script that does not say what it does, are refused', () => {
  expect(() => moduleOf('a.sh', '#!/bin/sh\n# Prints.\necho "{{ x }}"\n')).toThrow('a.sh holds "{{", which Helm would evaluate in a chart');
  expect(() => moduleOf('a.sh', '#!/bin/sh\nset -eu\n')).toThrow('a.sh must begin with a comment of one line that says what it does');
});

test('every whole script stops at the first error and at variables that are not set', () => {
  expect(SCRIPTS.filter((file) => isWhole(file) && !read(file).includes('\nset -eu\n'))).toEqual([]);
});
