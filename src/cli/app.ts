import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { BadInputError, ManifestFile, readDocuments } from '../release';
import { fromJson, messageOf, toJson, Values, isMap } from '../vocabulary';
import { chartMetadata } from './chart-metadata';
import { ManifestInput, readManifestFiles } from './manifest-files';
import { inPrivateFolder } from './private-folder';
import { ProgramOptions, runAppProgram } from './program-run';
import { readValues } from './values/values-file';

/** The release that an app is to make the manifests of. Its values are what the user said; a null in them deletes a default. */
export interface AppRequest {
  readonly name: string;
  readonly namespace: string;
  readonly revision: number;
  readonly isInstall: boolean;
  readonly values: Values;
}

/** The values of a chart, as an app has resolved them. */
export interface AppValues {
  /** Those that its manifests were made with. */
  readonly all: Values;
  /** Its own, without what the user said. */
  readonly defaults: Values;
  /** What they must fit, as JSON Schema. */
  readonly schema?: string;
}

/** How an app is run. */
export type AppOptions = Omit<ProgramOptions, 'env'>;

/** What an app wrote. */
export interface AppOutput extends ManifestInput {
  /** Absent where the app knows no values. */
  readonly values?: AppValues;
  readonly notes?: string;
}

function readIf(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function readAll(folder: string): Values {
  const path = join(folder, 'values.json');
  try {
    const values = fromJson(readFileSync(path, 'utf8'));
    if (isMap(values)) return values;
    throw new Error('it is no map');
  } catch (cause) {
    throw new BadInputError([{ message: `the program of --app wrote a values.json that cannot be read: ${messageOf(cause)}`, remedy: 'HelmChartApp writes it; is the package up to date?' }], cause);
  }
}

function readAppValues(folder: string): AppValues | undefined {
  if (!existsSync(join(folder, 'values.json'))) return undefined;
  const all = readAll(folder);
  const own = readIf(join(folder, 'values.yaml'));
  const schema = readIf(join(folder, 'values.schema.json'));
  return { all, defaults: own === undefined ? all : readValues('values.yaml', own), ...(schema === undefined ? {} : { schema }) };
}

/** Helm's own names for what is no manifest: pkg/engine and pkg/action skip partials, and take the notes out. */
function isManifest({ path }: ManifestFile): boolean {
  return dirname(path) === '.' || !(basename(path).startsWith('_') || basename(path) === 'NOTES.txt');
}

/** Reads what an app wrote. */
export function readOutput(folder: string): AppOutput {
  const { files, chart } = readManifestFiles([folder]);
  const values = readAppValues(folder);
  const manifests = files.map(({ path, text }) => ({ path: relative(folder, path), text })).filter(isManifest);
  if (!values) return { files: manifests, chart };
  const [head] = readDocuments({ path: 'Chart.yaml', text: readIf(join(folder, 'Chart.yaml')) ?? '' });
  const notes = readIf(join(folder, 'templates', 'NOTES.txt'));
  return { files: manifests, chart: chartMetadata(head?.value), values, ...(notes === undefined ? {} : { notes }) };
}

/**
 * Runs a cdk8s program for a release, and makes something of the folder that it wrote, which goes afterwards.
 *
 * What it is told stands in a file that nobody else may read, and that is gone when the program has ended.
 */
export function withSynthesized<T>(
  command: string,
  request: AppRequest,
  use: (folder: string) => Promise<T> | T,
  options: AppOptions = {},
): Promise<T> {
  return inPrivateFolder(async (folder) => {
    await inPrivateFolder((secret) => {
      const file = join(secret, 'release.json');
      writeFileSync(file, toJson(request), { mode: 0o600, flag: 'wx' });
      return runAppProgram(command, { env: { CDK8S_OUTDIR: folder, CDK8S_LIFECYCLE_RELEASE: file }, ...options });
    });
    return use(folder);
  });
}

/** Runs a cdk8s program for a release, and reads what it synthesized. */
export function synthesize(command: string, request: AppRequest, options?: AppOptions): Promise<AppOutput> {
  return withSynthesized(command, request, readOutput, options);
}
