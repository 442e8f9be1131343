import { closeSync, existsSync, openSync, readSync, readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { BadInputError, MAX_FILE_LENGTH, ManifestFile, RecordedChart, readDocuments } from '../release';
import { messageOf } from '../vocabulary';

/** Manifests as they were given, and the chart they come from, if they come from one. */
export interface ManifestInput {
  readonly files: readonly ManifestFile[];
  readonly chart?: Partial<RecordedChart['metadata']>;
}

const EXTENSIONS = ['.yaml', '.yml', '.json'];

/** Written by cdk8s beside the manifests when it is asked to; no manifest (cdk8s#1039). */
const NOT_MANIFESTS = ['construct-metadata.json'];

function unreadable(path: string, cause: unknown): BadInputError {
  return new BadInputError([{ message: `cannot read ${path}: ${messageOf(cause)}`, remedy: 'Name files or folders of manifests that exist, or - for standard input.' }], cause);
}

/** Enough for a file of any text that is not too long; of a longer one the parser tells, and the rest, which may have no end, is not read. */
const MAX_BYTES = 3 * MAX_FILE_LENGTH + 1;

function readBytes(descriptor: number): Buffer {
  const chunks: Buffer[] = [];
  for (let size = 0; size < MAX_BYTES;) {
    const chunk = Buffer.allocUnsafe(1024 * 1024);
    const length = readSync(descriptor, chunk);
    if (length === 0) break;
    chunks.push(chunk.subarray(0, length));
    size += length;
  }
  return Buffer.concat(chunks);
}

/** The text of a file, or of standard input for `-`. */
export function textOf(path: string): string {
  if (path === '-') return readBytes(0).toString('utf8');
  const descriptor = openSync(path, 'r');
  try {
    return readBytes(descriptor).toString('utf8');
  } finally {
    closeSync(descriptor);
  }
}

/** The same, with an error that says what cannot be read. */
export function readText(path: string): string {
  try {
    return textOf(path);
  } catch (cause) {
    throw unreadable(path === '-' ? 'standard input' : path, cause);
  }
}

/** Every manifest file below a folder. */
function walk(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !name.startsWith('.') && name !== 'node_modules');
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return walk(path);
    return EXTENSIONS.includes(extname(entry.name)) && !NOT_MANIFESTS.includes(entry.name) ? [path] : [];
  });
}

/** A chart that `cdk8s synth --format helm` wrote: its manifests are in templates/ and crds/. */
function readChart(folder: string): ManifestInput {
  const file = join(folder, 'Chart.yaml');
  const head = (readDocuments({ path: file, text: readText(file) }).at(0)?.value ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof head.name !== 'string') {
    throw new BadInputError([{ message: `${file} names no chart`, remedy: 'Write the chart anew: npx cdk8s synth --format helm' }]);
  }
  const fields = ['name', 'version', 'appVersion', 'description'].filter((field) => head[field] !== undefined);
  const chart = Object.fromEntries(fields.map((field) => [field, String(head[field])]));
  const folders = ['crds', 'templates'].map((part) => join(folder, part)).filter((part) => existsSync(part));
  return { files: folders.flatMap(walk).map((path) => ({ path, text: readText(path) })), chart };
}

function readOne(path: string): ManifestInput {
  if (path === '-') return { files: [{ path, text: readText(path) }] };
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
  } catch (cause) {
    throw unreadable(path, cause);
  }
  if (!isFolder) return { files: [{ path, text: readText(path) }] };
  return existsSync(join(path, 'Chart.yaml')) ? readChart(path) : { files: walk(path).map((file) => ({ path: file, text: readText(file) })) };
}

/** Reads files, folders with everything below them, chart folders, and standard input. */
export function readManifestFiles(paths: readonly string[]): ManifestInput {
  const inputs = paths.map(readOne);
  return { files: inputs.flatMap(({ files }) => files), chart: inputs.find(({ chart }) => chart !== undefined)?.chart };
}
