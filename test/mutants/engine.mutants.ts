import { Copy } from './copy';
import { MUTANTS } from './mutants';

/* Defects are planted in a copy of the engine, one after the other. A suite that does not notice one proves less than it seems to. */

let copy: Copy;

beforeAll(() => {
  copy = new Copy();
});
afterAll(() => copy.remove());

test('without a defect, the tests pass', () => {
  const run = copy.run([...new Set(MUTANTS.flatMap(({ tests }) => tests))]);
  expect(run).toMatchObject({ failed: 0, broken: 0 });
  expect(run.passed).toBeGreaterThan(0);
});

test.each(MUTANTS.map((mutant) => [mutant.name, mutant] as const))('%s: a test fails', (_name, mutant) => {
  const { failed, broken } = copy.run(mutant.tests, mutant);
  expect([failed > 0, broken]).toEqual([true, 0]);
});
