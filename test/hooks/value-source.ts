import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chart, Duration, Size } from 'cdk8s';
import { HelmChartApp } from '../../src/chart';
import { readDocuments } from '../../src/release';
import { KubeObject } from '../../src/vocabulary';

/** Where constructs get what they are told: each of these is one thing for one release, and another thing for another. */
export interface ValueSource {
  text(one: string, other: string): string;
  whole(one: number, other: number): number;
  seconds(one: number, other: number): Duration;
  mebibytes(one: number, other: number): Size;
}

/** Constructs as a test makes them. */
export type Making = (chart: Chart, source: ValueSource) => unknown;

export type Pick = <T>(one: T, other: T) => T;

/** Everything is written; `pick` says which of the two it is. */
function written(pick: Pick): ValueSource {
  return {
    text: pick,
    whole: pick,
    seconds: (one, other) => Duration.seconds(pick(one, other)),
    mebibytes: (one, other) => Size.mebibytes(pick(one, other)),
  };
}

/** Everything is a value of the chart, `v0`, `v1` and so on, whose default is the one; `others` gets the other. */
export function declared({ values }: HelmChartApp, others: unknown[] = []): ValueSource {
  const path = (other: unknown) => `v${others.push(other) - 1}`;
  return {
    text: (defaultValue, other) => values.text(path(other), { defaultValue }),
    whole: (defaultValue, other) => values.integer(path(other), { defaultValue }),
    seconds: (defaultValue, other) => values.seconds(path(other), { defaultValue }),
    mebibytes: (defaultValue, other) => values.mebibytes(path(other), { defaultValue }),
  };
}

/** The objects of an app for a release whose user says this much. */
function rendered(values: Readonly<Record<string, unknown>>, make: (app: HelmChartApp) => void): KubeObject[] {
  const folder = mkdtempSync(join(tmpdir(), 'values-'));
  const request = join(folder, 'release.json');
  writeFileSync(request, JSON.stringify({ name: 'web', namespace: 'shop', revision: 1, isInstall: true, values }));
  process.env.CDK8S_LIFECYCLE_RELEASE = request;
  try {
    const app = new HelmChartApp({ name: 'probe', version: '1.0.0', outdir: join(folder, 'dist') });
    make(app);
    app.synth();
    const templates = join(folder, 'dist/templates');
    const files = readdirSync(templates).filter((file) => file.endsWith('.yaml')).sort();
    return files.flatMap((path) => readDocuments({ path, text: readFileSync(join(templates, path), 'utf8') })).map(({ value }) => value as KubeObject);
  } finally {
    delete process.env.CDK8S_LIFECYCLE_RELEASE;
    rmSync(folder, { recursive: true });
  }
}

const chartOf = (app: HelmChartApp) => new Chart(app, 'web', { disableResourceNameHashes: true });

/** The objects where everything is written, and is one thing, or the other. */
export function asWritten(making: Making, pick: Pick): KubeObject[] {
  return rendered({}, (app) => making(chartOf(app), written(pick)));
}

/** The objects where everything is a value of the chart, by default or as the user says. */
export function asValues(making: Making, which: 'defaults' | 'others'): KubeObject[] {
  let others: unknown[] = [];
  const make = (app: HelmChartApp) => making(chartOf(app), declared(app, (others = [])));
  const objects = rendered({}, make);
  return which === 'defaults' ? objects : rendered(Object.fromEntries(others.map((other, index) => [`v${index}`, other])), make);
}

/** The templates of the chart, and how many values it has. */
export function asTemplates(making: Making): { readonly templates: string; readonly values: number } {
  const outdir = mkdtempSync(join(tmpdir(), 'values-'));
  try {
    const others: unknown[] = [];
    const app = new HelmChartApp({ name: 'probe', version: '1.0.0', outdir });
    making(chartOf(app), declared(app, others));
    app.synth();
    const templates = readdirSync(join(outdir, 'templates')).filter((file) => file.endsWith('.yaml')).map((file) => readFileSync(join(outdir, 'templates', file), 'utf8'));
    return { templates: templates.join(''), values: others.length };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
