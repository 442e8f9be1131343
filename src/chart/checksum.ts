import { JsonPatch } from 'cdk8s';
import { Part, isToken, partsOf, replaceTokens } from '../tokens';
import { conditionalField } from './conditional-field';
import { sha256 } from './digest';
import { Expression } from './expression';
import { expressionOf, textToken } from './expression-token';
import { valueAt } from './pointer';

/** What decides on a text or a key. */
function expressionsIn(parts: readonly Part[]): Expression[] {
  const field = conditionalField(parts);
  return field ? [field.condition, ...expressionsIn(partsOf(field.key))] : parts.filter(isToken).map(expressionOf);
}

/**
 * A text that is another one whenever an object holds something else; its name, labels and annotations do not count. Of what is known now there is a
 * digest already; Helm makes one of that and the values.
 */
export function checksumOf(manifest: Readonly<Record<string, unknown>>, label: string): string {
  const { metadata, ...contents } = manifest;
  const values: Expression[] = [];
  const place = (parts: readonly Part[]) => {
    const written = parts.map((part) => (isToken(part) ? { value: part.label } : part));
    values.push(...expressionsIn(parts));
    return JSON.stringify(written);
  };
  const known = sha256(JSON.stringify(replaceTokens(contents, { text: place, key: place, number: (token) => place([token]) })));
  if (values.length === 0) return known;
  const parts = values.flatMap((of): (string | Expression)[] => [' ', { kind: 'json', of }]);
  return textToken({ kind: 'sha256', of: { kind: 'join', parts: [known, ...parts] } }, label, known);
}

/** An object with one more annotation in the map at a pointer, or in a map that is made there. */
export function withAnnotation(object: unknown, pointer: string, name: string, value: string): unknown {
  const metadata = pointer.replace(/\/[^/]*$/, '');
  const annotations = valueAt(object, pointer) ?? {};
  if (typeof annotations !== 'object') throw new Error(`${pointer}: a map of users has been placed there whole. Place it later, with Placed.among.`);
  if (Object.hasOwn(annotations, name)) throw new Error(`${pointer}: there is an annotation ${name} already. Give the checksum another name.`);
  const patches = valueAt(object, metadata) === undefined ? [JsonPatch.add(metadata, {})] : [];
  return JsonPatch.apply(object, ...patches, JsonPatch.add(pointer, { ...annotations, [name]: value })) as unknown;
}
