import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { ValueFlags, userValues } from '../../src/cli/values/user-values';
import { coalesceValues, fromJson, messageOf, toJson, Values } from '../../src/vocabulary';
import { runProgram } from './cli';
import { tools } from './tools';
import { Case, anyCase } from './values/cases';

/*
 * The same flags for helm and for us: what the templates see must be the same, or both must refuse. VALUES_CASES says how many are tried with each helm.
 */

const CASES = Number(process.env.VALUES_CASES ?? 200);
const SEED = Number(process.env.VALUES_SEED ?? 20_260_101);

/** How many helms run at the same time. */
const LANES = 4;

type Result = { readonly values: string } | { readonly refused: string };

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'values-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Puts the case on disk: a chart that prints what its templates see, and the files that the flags name. */
function written(index: number, { defaults, files, setFile, ...flags }: Case): { readonly chart: string; readonly flags: ValueFlags } {
  const chart = join(folder, String(index));
  mkdirSync(join(chart, 'templates'), { recursive: true });
  writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: probe\nversion: 1.0.0\n');
  writeFileSync(join(chart, 'values.yaml'), JSON.stringify(defaults));
  writeFileSync(join(chart, 'templates', 'seen.yaml'), 'seen: {{ toJson .Values | b64enc }}\n');
  const paths = files.map((content, number) => {
    const file = `${chart}.${number}.yaml`;
    writeFileSync(file, content);
    return file;
  });
  writeFileSync(`${chart}.txt`, 'two\nlines, {with} = all\n');
  return { chart, flags: { ...flags, setFile: setFile.map((each) => each.replace('FILE', `${chart}.txt`)), values: paths } };
}

function args(flags: ValueFlags): string[] {
  const { values = [], set = [], setString = [], setJson = [], setFile = [], setLiteral = [] } = flags;
  const all = { '--values': values, '--set': set, '--set-string': setString, '--set-json': setJson, '--set-file': setFile, '--set-literal': setLiteral };
  return Object.entries(all).flatMap(([flag, texts]) => texts.map((each) => `${flag}=${each}`));
}

async function helms(helm: string, chart: string, flags: ValueFlags): Promise<Result> {
  const { code, stdout, stderr } = await runProgram(helm, ['template', 'probe', chart, ...args(flags)]);
  if (code !== 0) return { refused: stderr };
  return { values: Buffer.from(/^seen: (.*)$/m.exec(stdout)![1], 'base64').toString('utf8') };
}

function ours(defaults: Values, flags: ValueFlags): Result {
  try {
    return { values: toJson(coalesceValues(defaults, userValues(flags, (file) => readFileSync(file, 'utf8')))) };
  } catch (error) {
    return { refused: messageOf(error) };
  }
}

/** JSON that compares: keys in order, numbers as numbers. */
function normal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normal);
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? 0 : value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([each, inner]) => [each, normal(inner)]));
}

function comparable(result: Result): unknown {
  return 'values' in result ? normal(fromJson(result.values)) : 'refused';
}

/** What helm 3 does otherwise than helm 4: it knows no map for --set-json, and lets nulls of the defaults through. */
function isForHelm3({ setJson, defaults }: Case): boolean {
  return !setJson.some((each) => each.trim().startsWith('{')) && !JSON.stringify(defaults).includes('null');
}

/** Helm 4 stops without a word where an index is not closed; helm 3 refuses, and so do we. */
function isForHelm4(each: Case): boolean {
  const result = ours(each.defaults, { ...each, setFile: each.setFile.map((one) => one.replace('FILE', __filename)) });
  return 'values' in result || !result.refused.includes('an index is not closed');
}

const HELMS = { helm3: isForHelm3, helm4: isForHelm4 };

test.each(['helm3', 'helm4'] as const)('the values that flags make are those of %s', async (helm) => {
  const queue = fc.sample(anyCase.filter(HELMS[helm]), { numRuns: CASES, seed: SEED }).map((each, index) => [index, each] as const);
  const differences: string[] = [];
  let refused = 0;
  const lane = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [index, each] = next;
      const { chart, flags } = written(index, each);
      const [mine, theirs] = [ours(each.defaults, flags), await helms(tools()[helm], chart, flags)];
      if ('refused' in theirs) refused += 1;
      if (toJson(comparable(mine)) !== toJson(comparable(theirs))) differences.push(toJson({ case: each, mine, theirs }));
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  expect(differences).toEqual([]);
  // Neither almost all nor almost none: both kinds were tried.
  expect(refused).toBeGreaterThan(CASES / 20);
  expect(refused).toBeLessThan(CASES / 2);
});
