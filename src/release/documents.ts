import { YAMLException, load } from 'js-yaml';
import { BadInputError, Source } from './bad-input-error';
import { KUBERNETES_SCHEMA } from './yaml-schema';

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

/** What js-yaml makes of a map that is the key of a map, as in `image: {{ .Values.image }}`; the parser of Helm refuses it. */
const MAP_AS_KEY = '[object Object]';

/** Why Helm's parser refuses what js-yaml took. */
function refusal(value: unknown, above: readonly unknown[], checked: Set<unknown>): string | undefined {
  if (typeof value !== 'object' || value === null || checked.has(value)) return undefined;
  if (above.includes(value)) return 'an anchor contains itself';
  if (Object.hasOwn(value, MAP_AS_KEY)) return 'a map is the key of a map';
  for (const child of Object.values(value)) {
    const reason = refusal(child, [...above, value], checked);
    if (reason !== undefined) return reason;
  }
  checked.add(value);
  return undefined;
}

/** What js-yaml says, without what it quotes: a password that begins with `*` or `!` would be an alias or a tag. */
function reasonOf({ reason }: YAMLException): string {
  return reason.replace(/(?: ?"|(?: for| with)? !<|: )[^]*/, '');
}

function parse(text: string, source: Source, { lastKeyWins }: DocumentReading): unknown {
  try {
    const value = load(text, { schema: KUBERNETES_SCHEMA, json: lastKeyWins });
    const reason = refusal(value, [], new Set());
    if (reason !== undefined) throw new YAMLException(reason);
    return value;
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const line = source.line + (error.mark?.line ?? 0);
    const template = text.includes('{{');
    throw new BadInputError(
      [
        {
          source,
          message: `not valid YAML at line ${line}: ${reasonOf(error)}`,
          remedy: template
            ? 'The document holds template expressions ({{ … }}): render it first (helm template), this tool has no template engine.'
            : 'Correct the document; nothing was sent to the cluster.',
        },
      ],
      error,
    );
  }
}

/** How documents are read. */
export interface DocumentReading {
  /**
   * Of a key that stands twice in a map, take the last, as Helm does; otherwise it is refused.
   *
   * @default false
   */
  readonly lastKeyWins?: boolean;
}

/** The documents of a file in their order, empty ones left out. */
export function readDocuments(file: ManifestFile, reading: DocumentReading = {}): ManifestDocument[] {
  const documents: ManifestDocument[] = [];
  let line = 1;
  let number = 0;
  for (const part of file.text.replace(/^\uFEFF/, '').split(SEPARATOR)) {
    const text = part.trimStart();
    const start = line + part.slice(0, part.length - text.length).split('\n').length - 1;
    line += part.split('\n').length - 1;
    if (text === '') continue;
    number += 1;
    const source = { file: file.path, document: number, line: start };
    const value = parse(text, source, reading);
    if (value !== null && value !== undefined) documents.push({ source, text, value });
  }
  return documents;
}
