import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, Chart } from 'cdk8s';
import { HelmChartApp, HelmChartAppProps } from '../../src';

/** A folder for the length of a test file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-lifecycle-chart-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Texts of files by their path below a folder. */
export type Written = Readonly<Record<string, string>>;

/** Every file below a folder. */
export function readFolder(folder: string): Written {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(paths.filter((path) => statSync(join(folder, path)).isFile()).map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

/** Adds constructs to an app. */
export type Build = (app: HelmChartApp) => void;

const NAMED = { name: 'webapp', version: '1.2.0' };

/** The chart that an app becomes. */
export function writtenChart(build: Build, props: Partial<HelmChartAppProps> = {}): Written {
  const outdir = mkdtempSync(join(tmpdir(), 'cdk8s-lifecycle-chart-'));
  try {
    const app = new HelmChartApp({ ...NAMED, outdir, ...props });
    build(app);
    app.synth();
    return readFolder(outdir);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** What `cdk8s-lifecycle` says of a release, but for what does not matter. */
export interface Release {
  readonly name?: string;
  readonly revision?: number;
  readonly isInstall?: boolean;
  readonly values?: object;
}

/** The files of one release of an app. */
export function writtenRelease(build: Build, release: Release = {}, props: Partial<HelmChartAppProps> = {}): Written {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-lifecycle-release-'));
  const file = join(folder, 'release.json');
  writeFileSync(file, JSON.stringify({ name: 'shop', namespace: 'default', revision: 1, isInstall: true, values: {}, ...release }));
  process.env.CDK8S_LIFECYCLE_RELEASE = file;
  try {
    return writtenChart(build, props);
  } finally {
    delete process.env.CDK8S_LIFECYCLE_RELEASE;
    rmSync(folder, { recursive: true });
  }
}

/** An object of no known kind. */
export function thing(chart: Chart, id: string, more: object): ApiObject {
  return new ApiObject(chart, id, { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: id.toLowerCase() }, ...more });
}

/** The template of one object with these fields. */
export function templateOf(fields: (app: HelmChartApp) => object): string {
  const { 'templates/web.k8s.yaml': text } = writtenChart((app) => thing(new Chart(app, 'web'), 'thing', fields(app)));
  return text;
}
