import { BEHAVIOURS } from './behaviours';
import { Comparison, compare, rowsOf } from './compare';
import { DIFFERENCES } from './differences';
import { groupsOfAlike } from './distinct';
import { compatRows, helmRows, shownRows } from './documents';
import { Result, keepReports, runSuite } from './suite';
import { Row, tableOf } from './table';

/** Beginnings of ids, to look at a few behaviours alone. */
const only = process.env.ONLY?.split(',');
const chosen = BEHAVIOURS.filter(({ id }) => !only || only.some((beginning) => id.startsWith(beginning)));
const started = Date.now();
let results: ReadonlyMap<string, Result>;

function comparisonOf(id: string): Comparison | undefined {
  const reports = results.get(id)?.reports;
  return reports && compare(reports.helm3, reports.helm4, reports.ours, DIFFERENCES[id]);
}

function alike(): string[][] {
  return groupsOfAlike(chosen.flatMap((behaviour) => {
    const reports = results.get(behaviour.id)?.reports;
    return reports ? [{ behaviour, ...reports }] : [];
  }));
}

beforeAll(async () => {
  results = await runSuite(chosen);
  keepReports(results);
});

afterAll(() => {
  const rows = chosen.map(({ id, needs }): Row => {
    const comparison = comparisonOf(id);
    if (!comparison) return { id, mark: results.has(id) ? 'DIFFERS' : 'not yet', note: results.has(id) ? 'it could not be run' : `needs ${needs}` };
    const note = comparison.mark === 'compat' ? rowsOf(DIFFERENCES[id]).join(', ') : comparison.mark === 'DIFFERS' ? comparison.problem : undefined;
    return { id, mark: comparison.mark, helmsDiffer: comparison.helmsDiffer, note };
  });
  process.stderr.write(`${tableOf(rows, alike().length, (Date.now() - started) / 1000)}\n`);
});

test.each(chosen.map((behaviour) => [`${behaviour.id}: ${behaviour.does}`, behaviour] as const))('%s', (_name, { id, needs }) => {
  const result = results.get(id);
  if (!result) return expect(needs).toBeDefined();
  if (!result.reports) throw result.error;
  const { problem, lines } = comparisonOf(id)!;
  if (problem) throw new Error([problem, ...lines.map((line) => `  ${line}`)].join('\n'));
});

test('every behaviour has a name of its own and shows a row of README.md, and every row is shown', () => {
  expect(new Set(BEHAVIOURS.map(({ id }) => id)).size).toBe(BEHAVIOURS.length);
  expect([...new Set(BEHAVIOURS.map(({ shows }) => shows))].sort()).toEqual(shownRows().sort());
});

test('every row of docs/compat.md is shown by a behaviour, and every difference has its row', () => {
  const rows = Object.values(DIFFERENCES).flatMap(rowsOf);
  expect([...new Set(rows)].sort()).toEqual(compatRows().sort());
  expect(Object.keys(DIFFERENCES).filter((id) => !BEHAVIOURS.some((behaviour) => behaviour.id === id))).toEqual([]);
});

test('docs/compat.md tells of every behaviour in which ours is as one helm and not as the other', () => {
  const followsOne = chosen.map(({ id }) => id).filter((id) => ['=3', '=4'].includes(comparisonOf(id)?.mark ?? ''));
  expect(followsOne.filter((id) => !helmRows().includes(id))).toEqual([]);
  // Where chance decides what a helm does, all three may do the same.
  const follows = (id: string) => ['=3', '=4', '=3=4', undefined].includes(comparisonOf(id)?.mark);
  expect(helmRows().filter((id) => !BEHAVIOURS.some((behaviour) => behaviour.id === id) || !follows(id))).toEqual([]);
});

test('at least 60 behaviours can be told apart by what the helms write, whatever the objects are called', () => {
  if (!only) expect(alike().length).toBeGreaterThanOrEqual(60);
});
