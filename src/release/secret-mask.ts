import { isMap } from '../vocabulary';
import { SEPARATOR, readDocuments } from './documents';
import { ReleaseRecord } from './record';
import { yamlText } from './yaml-text';

/** What stands for a value that nobody may see. */
export const MASK = '***';

/** The fields of a Secret that hold none of its values. Whatever else it has may be a misspelt `data`. */
const OPEN_FIELDS = ['apiVersion', 'kind', 'metadata', 'type', 'immutable'];

/** Here kubectl apply keeps the whole object, with its values. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

type Fields = Readonly<Record<string, unknown>>;

function mapValues(fields: Fields, change: (value: unknown, key: string) => unknown): Fields {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, change(value, key)]));
}

/** The keys of a value, and nothing else of it. */
function hidden(value: unknown): unknown {
  return isMap(value) ? mapValues(value, hidden) : MASK;
}

/** Whether the object is a Secret, or was meant to be one. */
export function isSecret({ kind }: { readonly kind?: unknown }): boolean {
  return kind === 'Secret';
}

/** The object without what kubectl apply remembers in it, which is all of the object once more. */
export function withoutLastApplied<T extends object>(object: T): T {
  const { metadata } = object as { readonly metadata?: unknown };
  if (!isMap(metadata) || !isMap(metadata.annotations) || !(LAST_APPLIED in metadata.annotations)) return object;
  const { [LAST_APPLIED]: _dropped, ...annotations } = metadata.annotations;
  return { ...object, metadata: { ...metadata, annotations } };
}

/** Whether a field of a Secret may hold its values. */
export function holdsValues(field: string): boolean {
  return !OPEN_FIELDS.includes(field);
}

/** An object with the values of Secrets masked: its own, or those of its items. */
export function maskSecrets(value: unknown): unknown {
  if (!isMap(value)) return value;
  if (isSecret(value)) return mapValues(withoutLastApplied(value), (field, key) => (holdsValues(key) ? hidden(field) : field));
  if (!Array.isArray(value.items)) return value;
  const items = value.items.map(maskSecrets);
  return items.every((item, index) => item === (value.items as unknown[])[index]) ? value : { ...value, items };
}

function maskDocument(text: string): string {
  const [document] = readDocuments({ path: 'the release record', text }, { lenient: true });
  const masked = maskSecrets(document?.value);
  if (masked === document?.value) return text;
  const [head] = /^\s*(# Source: .*\n)?/.exec(text)!;
  const [tail] = /\s*$/.exec(text)!;
  return `${head}${yamlText(masked).trimEnd()}${tail}`;
}

/** Manifests with the values of Secrets masked: a document that holds a Secret is written anew, without its comments; the others stay as they are. */
export function maskManifests(text: string): string {
  return text.split(new RegExp(`(${SEPARATOR.source})`)).map((part, index) => (index % 2 === 1 ? part : maskDocument(part))).join('');
}

/** A revision whose manifests and hooks give no value of a Secret away. */
export function maskRecord(record: ReleaseRecord): ReleaseRecord {
  const hooks = record.hooks.map((hook) => ({ ...hook, manifest: maskManifests(hook.manifest) }));
  return { ...record, manifest: maskManifests(record.manifest), hooks };
}
