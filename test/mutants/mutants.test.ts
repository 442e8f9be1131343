import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MUTANTS } from './mutants';

const ROOT = join(__dirname, '..', '..');

test.each(MUTANTS.map((mutant) => [mutant.name, mutant] as const))('%s: what is replaced stands in the source exactly once', (_name, { file, search, tests }) => {
  expect(readFileSync(join(ROOT, file), 'utf8').split(search)).toHaveLength(2);
  expect(tests.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});
