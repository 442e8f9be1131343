import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import { Chart } from 'cdk8s';
import * as fc from 'fast-check';
import { HelmChartApp } from '../../src';
import { readDocuments } from '../../src/release';
import { toJson } from '../../src/vocabulary';
import { KINDS, POSITIONS, fits } from './charts/placements';
import { runProgram } from './cli';
import { tools } from './tools';

/*
 * The same app twice: as a chart that helm renders, and in process. Every kind of value in every position, with values that YAML, JSON or Go's templates
 * could take for something else. CHART_CASES says how many apps are made.
 */

const CASES = Number(process.env.CHART_CASES ?? 150);
const SEED = Number(process.env.CHART_SEED ?? 20_260_101);
const LANES = 3;
const RELEASE = { name: 'a-release-with-a-name-that-is-as-long-as-it-may-be-53', namespace: 'shop', revision: 1, isInstall: true };

/** A value in a position: what the chart has, and what the user says if anything. */
interface Placement {
  readonly kind: string;
  readonly position: string;
  readonly defaultValue: unknown;
  readonly given: unknown;
}

const ALL = Object.keys(KINDS).flatMap((kind) => Object.keys(POSITIONS).map((position) => ({ kind, position })));
const PAIRS = ALL.filter(({ kind, position }) => fits(kind, position));
/** Most users say what is allowed; one in thirty says something else. */
const nonsense = fc.constantFrom<unknown>(null, 'nonsense', 1.5, true, [], {});
const placement: fc.Arbitrary<Placement> = fc.constantFrom(...PAIRS).chain(({ kind, position }) => {
  const { values, defaults = values } = KINDS[kind];
  const given = fc.oneof({ weight: 19, arbitrary: fc.constant(undefined) }, { weight: 40, arbitrary: values }, { weight: 1, arbitrary: nonsense });
  return fc.record({ kind: fc.constant(kind), position: fc.constant(position), defaultValue: defaults, given });
});
const anyApp = fc.array(placement, { minLength: 10, maxLength: 10 });

function app(placements: readonly Placement[], outdir: string): HelmChartApp {
  const made = new HelmChartApp({ name: 'probe', version: '1.0.0+x', appVersion: '2.0', outdir, notes: 'made of {{ tokens }}' });
  const chart = new Chart(made, 'probe');
  placements.forEach(({ kind, position, defaultValue }, index) => {
    POSITIONS[position](chart, `o${index}`, KINDS[kind].declare(made, `group.v${index}`, defaultValue as never));
  });
  return made;
}

/** JSON that YAML 1.1 reads as what it is: some characters are the end of a line there. */
function yamlJson(value: unknown): string {
  return JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A text that comes out of the objects in any order of keys and numbers. */
function normal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normal);
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? 0 : value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, each]) => [key, normal(each)]));
}

type Rendered = { readonly objects: readonly string[] } | { readonly refused: string };

function objectsOf(text: string): readonly string[] {
  return readDocuments({ path: 'rendered.yaml', text }).map(({ value }) => toJson(normal(value))).sort();
}

async function byHelm(helm: string, chart: string, values: string): Promise<Rendered> {
  const { code, stdout, stderr } = await runProgram(helm, ['template', RELEASE.name, chart, '--namespace', RELEASE.namespace, '-f', values]);
  return code === 0 ? { objects: objectsOf(stdout) } : { refused: stderr };
}

function inProcess(placements: readonly Placement[], folder: string, values: object): Rendered {
  writeFileSync(`${folder}.release.json`, JSON.stringify({ ...RELEASE, values }));
  process.env.CDK8S_LIFECYCLE_RELEASE = `${folder}.release.json`;
  try {
    app(placements, folder).synth();
  } finally {
    delete process.env.CDK8S_LIFECYCLE_RELEASE;
  }
  const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as object;
  const validate = new Ajv({ strict: false }).compile(read('values.schema.json'));
  if (!validate(read('values.json'))) return { refused: JSON.stringify(validate.errors) };
  const files = readdirSync(join(folder, 'templates')).filter((file) => file.endsWith('.yaml'));
  return { objects: files.flatMap((file) => objectsOf(readFileSync(join(folder, 'templates', file), 'utf8'))).sort() };
}

/** How often a value of each kind stood in each position. */
function report(helm: string, hit: ReadonlyMap<string, number>): string {
  const positions = Object.keys(POSITIONS);
  const rows = Object.keys(KINDS).map((kind) => [kind, ...positions.map((position) => (fits(kind, position) ? String(hit.get(`${kind} as ${position}`) ?? 0) : '-'))]);
  const total = [...hit.values()].reduce((sum, count) => sum + count, 0);
  const lines = [['', ...positions], ['---', ...positions.map(() => '---')], ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return `${helm}: ${total} values in ${CASES} charts\n${lines.join('\n')}\n`;
}

/** What only one of the two has. */
function difference(placements: readonly Placement[], ours: Rendered, theirs: Rendered): string {
  const objects = (rendered: Rendered) => ('objects' in rendered ? rendered.objects : []);
  const not = (one: Rendered, other: Rendered) => ('objects' in one ? one.objects.filter((object) => !objects(other).includes(object)) : one.refused);
  return JSON.stringify({ placements, ours: not(ours, theirs), theirs: not(theirs, ours) }, undefined, 1);
}

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'charts-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(['helm3', 'helm4'] as const)('%s makes the same objects of a chart as we do in process', async (helm) => {
  const apps = fc.sample(anyApp, { numRuns: CASES, seed: SEED });
  const queue = apps.map((placements, index) => ({ placements, index }));
  const differences: string[] = [];
  const hit = new Map<string, number>();
  let refused = 0;
  const lane = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { placements, index } = next;
      const chart = join(folder, `${helm}-${index}`);
      const given = placements.map((each, position) => [`v${position}`, each.given] as const).filter(([, value]) => value !== undefined);
      const values = { group: Object.fromEntries(given) };
      mkdirSync(chart);
      app(placements, chart).synth();
      writeFileSync(`${chart}.values.json`, yamlJson(values));
      const ours = inProcess(placements, `${chart}.ours`, values);
      const theirs = await byHelm(tools()[helm], chart, `${chart}.values.json`);
      if ('refused' in theirs) refused += 1;
      else for (const { kind, position } of placements) hit.set(`${kind} as ${position}`, (hit.get(`${kind} as ${position}`) ?? 0) + 1);
      const isRefused = 'refused' in theirs && 'refused' in ours;
      if (!isRefused && !('objects' in theirs && 'objects' in ours && theirs.objects.join() === ours.objects.join())) {
        differences.push(difference(placements, ours, theirs));
      }
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  process.stdout.write(report(helm, hit));
  expect(differences.slice(0, 2)).toEqual([]);
  expect(refused).toBeGreaterThan(0);
  const missing = PAIRS.map(({ kind, position }) => `${kind} as ${position}`).filter((pair) => !hit.has(pair));
  expect(missing).toEqual([]);
});
