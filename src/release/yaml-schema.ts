import { FAILSAFE_SCHEMA, LoadOptions, Schema, Type } from 'js-yaml';
import { MAX_DEPTH } from './measure';

/*
 * Scalars as sigs.k8s.io/yaml reads them, the parser of Helm and kubectl: YAML 1.1 in the dialect of its fork of go-yaml v2 (goyaml.v2/resolve.go).
 * `yes`, `on` and `y` are true, `0123` is octal, `1_000` is a number, and a date stays a string.
 */

const TRUE = ['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'];
const FALSE = ['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'];
const NULL = ['', '~', 'null', 'Null', 'NULL'];
const INTEGER = /^([-+]?)(?:0[bB]([01]+)|0[oO]?([0-7]+)|0[xX]([0-9a-fA-F]+)|(0|[1-9][0-9]*))$/;
const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const SPECIAL: Readonly<Record<string, number>> = {
  '.inf': Infinity,
  '.Inf': Infinity,
  '.INF': Infinity,
  '+.inf': Infinity,
  '+.Inf': Infinity,
  '+.INF': Infinity,
  '-.inf': -Infinity,
  '-.Inf': -Infinity,
  '-.INF': -Infinity,
  '.nan': NaN,
  '.NaN': NaN,
  '.NAN': NaN,
};

/** Go looks for a number only behind a digit, a sign or a dot, and drops every underscore of it, but for one right behind the dot. */
function digits(text: string): string {
  return /^(?:[-+0-9]|\.[0-9])/.test(text) ? text.replace(/_/g, '') : '';
}

/** Go reads integers of 64 bits exactly, with a sign or without; what is larger it leaves to others. */
function inRange(value: bigint, sign: string): boolean {
  return value <= (sign === '' ? 0xffff_ffff_ffff_ffffn : 0x7fff_ffff_ffff_ffffn) || (sign === '-' && value === 0x8000_0000_0000_0000n);
}

/** A bigint where a double would lose digits: the port of a Service never is, a generated identifier may be. */
function integer(text: string): number | bigint | undefined {
  const match = INTEGER.exec(digits(text));
  if (!match) return undefined;
  const [, sign, binary, octal, hexadecimal, decimal] = match;
  const size = BigInt(binary !== undefined ? `0b${binary}` : octal !== undefined ? `0o${octal}` : hexadecimal !== undefined ? `0x${hexadecimal}` : decimal);
  if (!inRange(size, sign)) return undefined;
  const value = sign === '-' ? -size : size;
  return size <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}

function float(text: string): number | undefined {
  if (Object.hasOwn(SPECIAL, text)) return SPECIAL[text];
  if (!FLOAT.test(digits(text))) return undefined;
  const number = Number(digits(text));
  return Number.isFinite(number) ? number : undefined; // what overflows a float64 stays a string
}

function scalar<T>(name: string, read: (text: string) => T | undefined): Type {
  const text = (data: unknown) => (data === null || data === undefined ? '' : String(data));
  return new Type(`tag:yaml.org,2002:${name}`, {
    kind: 'scalar',
    resolve: (data: unknown) => read(text(data)) !== undefined,
    construct: (data: unknown) => read(text(data)),
  });
}

const boolean = (text: string) => (TRUE.includes(text) ? true : FALSE.includes(text) ? false : undefined);

/** js-yaml calls `resolve` with null for an empty node; `undefined` means "not mine", so null needs a type of its own. */
const nothing = new Type('tag:yaml.org,2002:null', {
  kind: 'scalar',
  resolve: (data: unknown) => data === null || (typeof data === 'string' && NULL.includes(data)),
  construct: () => null,
});

const merge = new Type('tag:yaml.org,2002:merge', { kind: 'scalar', resolve: (data: unknown) => data === '<<' || data === null });

/** go-yaml gives the bytes as a string; what is not UTF-8 in them JSON cannot hold either way. */
const binary = new Type('tag:yaml.org,2002:binary', {
  kind: 'scalar',
  resolve: (data: unknown) => typeof data === 'string' && /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(data.replace(/[\r\n]/g, '')),
  construct: (data: unknown) => Buffer.from(data as string, 'base64').toString('utf8'),
});

/** The schema for js-yaml. */
export const KUBERNETES_SCHEMA: Schema = FAILSAFE_SCHEMA.extend({
  implicit: [nothing, scalar('bool', boolean), scalar('int', integer), scalar('float', float), merge],
  explicit: [binary],
});

/** A tag that go-yaml does not know: a scalar stays the text it is, anything else what it is without the tag. */
const unknown = (['scalar', 'sequence', 'mapping'] as const).flatMap((kind) =>
  ['!', 'tag:'].map((prefix) => new Type(prefix, { kind, multi: true, construct: (data: unknown) => data ?? (kind === 'scalar' ? '' : data) })));

/** The schema for what Helm took once: it minds no tag. */
export const LENIENT_SCHEMA: Schema = KUBERNETES_SCHEMA.extend({ explicit: unknown });

/** What js-yaml is told, which knows `maxDepth`, while its types do not. */
export function loadOptions(lenient = false): LoadOptions & { readonly maxDepth: number } {
  return {
    schema: lenient ? LENIENT_SCHEMA : KUBERNETES_SCHEMA,
    json: lenient,
    maxDepth: MAX_DEPTH + 1, // the scalars count, too
  };
}
