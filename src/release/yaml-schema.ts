import { FAILSAFE_SCHEMA, Schema, Type } from 'js-yaml';

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

function integer(text: string): number | undefined {
  const match = INTEGER.exec(digits(text));
  if (!match) return undefined;
  const [, sign, binary, octal, hexadecimal, decimal] = match;
  const size =
    binary !== undefined ? parseInt(binary, 2)
      : octal !== undefined ? parseInt(octal, 8)
        : hexadecimal !== undefined ? parseInt(hexadecimal, 16)
          : Number(decimal);
  return sign === '-' && size !== 0 ? -size : size;
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

/** The schema for js-yaml. */
export const KUBERNETES_SCHEMA: Schema = FAILSAFE_SCHEMA.extend({
  implicit: [nothing, scalar('bool', boolean), scalar('int', integer), scalar('float', float), merge],
});
