import * as pulumi from '@pulumi/pulumi';
import { Encoding, Token, TokenError, TokenMeaning, encodedPlain, mintItems, mintNumber, mintText } from '../tokens';
import { isMap } from '../vocabulary';

/** Marks the sources of tokens that are outputs, also of another copy of this package. */
const KIND = 'cdk8s-lifecycle.late';

interface Source {
  readonly is: typeof KIND;
  readonly output: pulumi.Output<unknown>;
  readonly type: LateType;
}

/** What a late value is said to be. */
export type LateType = 'string' | 'number' | 'list' | 'map';

const isText = (value: unknown) => typeof value === 'string';

const TYPES: Readonly<Record<LateType, { readonly label: string; readonly wanted: string; readonly fits: (value: unknown) => boolean }>> = {
  string: { label: 'a late text', wanted: 'a text', fits: isText },
  number: { label: 'a late number', wanted: 'a finite number', fits: Number.isFinite },
  list: { label: 'a late list', wanted: 'a list of texts', fits: (value) => Array.isArray(value) && value.every(isText) },
  map: { label: 'a late map', wanted: 'a map of texts', fits: (value) => isMap(value) && Object.values(value).every(isText) },
};

/** What a value is, without showing it: it may be a secret. */
function typeName(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  return Array.isArray(value) ? 'a list' : isMap(value) ? 'a map' : `a ${typeof value}`;
}

/** Whether it is known later than now. */
function isLate(value: unknown): value is pulumi.Output<unknown> | Promise<unknown> {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/** What is said of an output; nothing for what is known now. */
function meaning(type: LateType, value: unknown, name?: string): TokenMeaning | undefined {
  const { label, wanted, fits } = TYPES[type];
  if (isLate(value)) return { label: name ?? label, source: { is: KIND, output: pulumi.output(value), type } satisfies Source };
  if (fits(value)) return undefined;
  throw new TypeError(`late.${type}(${name ?? ''}) was given ${typeName(value)}; it takes ${wanted}, or an Output or a Promise of one.`);
}

function lateText(value: pulumi.Input<string>, name?: string): string {
  const known = meaning('string', value, name);
  if (!known) return value as string;
  const encoded = (encoding: Encoding) => lateText(outputOf({ ...known, shape: 'text' }).apply((text) => encodedPlain(text as string, encoding)), known.label);
  return mintText({ ...known, encoded });
}

function lateNumber(value: pulumi.Input<number>, name?: string): number {
  const known = meaning('number', value, name);
  if (!known) return value as number;
  return mintNumber({ ...known, encoded: () => lateText(outputOf({ ...known, shape: 'number' }).apply(String), known.label) });
}

function lateList(value: pulumi.Input<readonly pulumi.Input<string>[]>, name?: string): string[] {
  const whole = Array.isArray(value) && value.some(isLate) ? pulumi.output(value) : value;
  const known = meaning('list', whole, name);
  return known ? [mintItems(known)] : [...(whole as readonly string[])];
}

function lateMap(value: pulumi.Input<Readonly<Record<string, pulumi.Input<string>>>>, name?: string): Record<string, string> {
  const whole = isMap(value) && !isLate(value) && Object.values(value).some(isLate) ? pulumi.output(value) : value;
  const known = meaning('map', whole, name);
  return known ? { [mintItems(known)]: '' } : { ...(whole as Readonly<Record<string, string>>) };
}

/** A value that became known, if it is of the type that was said. The error ends a program without its stack, as it is nobody's defect. */
export function asSaid(type: LateType, label: string, value: unknown): unknown {
  if (TYPES[type].fits(value)) return value;
  throw new pulumi.RunError(`${label} is ${typeName(value)}, but late.${type} takes ${TYPES[type].wanted}.`);
}

/** The output that a token stands for; of another type than was said, it fails when it is known. */
export function outputOf({ source, label }: Pick<Token, 'source' | 'label' | 'shape'>): pulumi.Output<unknown> {
  const { is, output, type } = (source ?? {}) as Partial<Source>;
  if (is !== KIND || output === undefined || type === undefined) throw new TokenError(`${label} is no Output of Pulumi: it is known in a release of Helm, and not here`);
  return output.apply((value) => asSaid(type, label, value));
}

/**
 * Outputs of Pulumi as props of constructs, which take texts and numbers: each is a primitive that stands for the output until the release hands its
 * objects to Pulumi, and is then the output again, secret if it was, unknown in a preview if it was.
 *
 * A late text can be a part of other texts, also in JSON and URLs that constructs of this package make. A late number can be placed, and printed in a
 * text, but not calculated with. No late value can be compared, cut, changed in case, encoded in base64, or stand in the id of a construct: it is not known
 * yet. Do that in `apply`, before; make JSON of outputs by `late.string(pulumi.jsonStringify(…))`. A truth has to be known now, as constructs decide by it.
 * What is no Output and no Promise is given back as it is.
 *
 * `name` is what errors, plans and lint call the value, such as `db host`; "a late text" and so on if absent.
 *
 * @throws TypeError for a value that is known and of another type
 *
 * @example
 * new HookedRelease('web', {
 *   chart: (scope) => new WebApp(scope, 'web', {
 *     databaseUrl: `postgres://web@${late.string(db.privateIpAddress, 'db host')}:${late.number(db.port)}/web`,
 *     password: late.string(config.requireSecret('password')),
 *     hosts: ['localhost', ...late.list(zone.nameServers)],
 *     labels: { app: 'web', ...late.map(network.labels) },
 *   }),
 *   namespace: 'web',
 * });
 */
export const late = {
  /** A text that is known later. */
  string: lateText,
  /** A number that is known later; it has to be finite. */
  number: lateNumber,
  /** Texts of a list, known later, alone or among others: the list has one item until then. Items cannot be mapped or be parts of texts. */
  list: lateList,
  /** Fields of a map of texts, known later, alone or among others, which win over a late one of the same name: the map has one field until then. */
  map: lateMap,
} as const;
