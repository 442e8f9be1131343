import { BadInputError, Problem, Source } from './bad-input-error';
import { YamlError, YamlReading, readYaml } from './yaml';

/** A file of manifests, as text. */
export interface ManifestFile {
  /** The path as the user named it; `-` for standard input. */
  readonly path: string;
  readonly text: string;
}

/** One YAML document that is not empty. */
export interface ManifestDocument {
  readonly source: Source;
  /** The text between the separators, without the blank lines before it. */
  readonly text: string;
  readonly value: unknown;
}

/** Helm splits at every line that starts with `---`, even a glued `---apiVersion:`: pkg/release/v1/util/manifest.go. */
export const SEPARATOR = /(?<![^\n])---[ \t]*/;

/** Longest file, in characters. Helm takes charts of at most 100 MiB unpacked; what fits into a release record is far less. */
export const MAX_FILE_LENGTH = 32 * 1024 * 1024;

/** Longest document, in characters; Helm's bound for a file of a chart: pkg/chart/loader/archive, MaxDecompressedFileSize. */
export const MAX_DOCUMENT_LENGTH = 5 * 1024 * 1024;

/** Most documents of a file, empty ones counted. */
export const MAX_DOCUMENTS = 50_000;

const MIB = 1024 * 1024;

function lineEnds(text: string, before: number): number {
  return text.slice(0, before).split('\n').length - 1;
}

function tooMuch(path: string, limit: string): BadInputError {
  const file = path === '-' ? 'standard input' : path;
  return new BadInputError([{ message: `${file}: ${limit}`, remedy: 'Split the release into several, or move large data out of its manifests; nothing was sent to the cluster.' }]);
}

/** Collects what is wrong, so that all of it is told at once. */
function collect<T>(problems: Problem[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BadInputError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}

function parse(text: string, source: Source, reading: YamlReading): unknown {
  try {
    return readYaml(text, reading);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    const template = text.includes('{{');
    throw new BadInputError(
      [
        {
          source,
          message: error.line === undefined ? `cannot be used: ${error.message}` : `not valid YAML at line ${source.line + error.line}: ${error.message}`,
          remedy: template
            ? 'The document holds template expressions ({{ … }}): render it first (helm template), this tool has no template engine.'
            : 'Correct the document; nothing was sent to the cluster.',
        },
      ],
      error,
    );
  }
}

/**
 * The documents of a file in their order, empty ones left out.
 *
 * @throws BadInputError that lists every document that is wrong, and nothing else
 */
export function readDocuments({ path, text: whole }: ManifestFile, reading: YamlReading = {}): ManifestDocument[] {
  const bounded = !reading.lenient; // what was recorded has had its bounds
  if (bounded && whole.length > MAX_FILE_LENGTH) throw tooMuch(path, `longer than ${MAX_FILE_LENGTH / MIB} MiB`);
  const parts = whole.replace(/^\uFEFF/, '').split(SEPARATOR, MAX_DOCUMENTS + 1);
  if (parts.length > MAX_DOCUMENTS) throw tooMuch(path, `more than ${MAX_DOCUMENTS} documents`);
  const documents: ManifestDocument[] = [];
  const problems: Problem[] = [];
  let line = 1;
  let number = 0;
  for (const part of parts) {
    const text = part.trimStart();
    const start = line + lineEnds(part, part.length - text.length);
    line += lineEnds(part, part.length);
    if (text === '') continue;
    number += 1;
    if (bounded && text.length > MAX_DOCUMENT_LENGTH) throw tooMuch(path, `document ${number} (line ${start}) is longer than ${MAX_DOCUMENT_LENGTH / MIB} MiB`);
    const source = { file: path, document: number, line: start };
    const value = collect(problems, () => parse(text, source, reading));
    if (value !== null && value !== undefined) documents.push({ source, text, value });
  }
  if (problems.length > 0) throw new BadInputError(problems);
  return documents;
}

/** The documents of files in their order, and everything in them that cannot be read. */
export interface ReadFiles {
  readonly documents: readonly ManifestDocument[];
  readonly problems: readonly Problem[];
}

/** Reads files; one that cannot be read does not keep the others from it. */
export function readFiles(files: readonly ManifestFile[]): ReadFiles {
  const problems: Problem[] = [];
  const documents = files.flatMap((file) => collect(problems, () => readDocuments(file)) ?? []);
  return { documents, problems };
}
