import { Part, TokenError, isToken, replaceTokens } from '../tokens';
import { isMap } from '../vocabulary';
import { ValueDeclaration, dotted } from './value-declaration';

/** What is wrong with a value by one keyword of its schema; nothing where it is right. */
type Check = (value: unknown, wanted: unknown) => string | undefined;

const unless = (holds: boolean, problem: string): string | undefined => (holds ? undefined : problem);

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  integer: (value) => Number.isInteger(value),
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  boolean: (value) => typeof value === 'boolean',
  array: (value) => Array.isArray(value),
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

const CHECKS: Readonly<Record<string, Check>> = {
  type: (value, type) => unless([type].flat().some((each) => TYPES[each as string]?.(value) ?? true), `is no ${[type].flat().join(' or ')}`),
  enum: (value, allowed) => unless((allowed as unknown[]).some((each) => JSON.stringify(each) === JSON.stringify(value)), `is none of ${JSON.stringify(allowed)}`),
  pattern: (value, pattern) => unless(typeof value !== 'string' || new RegExp(pattern as string, 'u').test(value), `does not match ${pattern as string}`),
  minLength: (value, length) => unless([...String(value)].length >= Number(length), `is shorter than ${length as number} characters`),
  maxLength: (value, length) => unless([...String(value)].length <= Number(length), `is longer than ${length as number} characters`),
  minimum: (value, limit) => unless(Number(value) >= Number(limit), `is less than ${limit as number}`),
  maximum: (value, limit) => unless(Number(value) <= Number(limit), `is more than ${limit as number}`),
};

function shown(value: unknown): string {
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}

type Schema = Readonly<Record<string, unknown>>;

/** What is in a list or a map, with its place and its schema. */
function inside(value: unknown, { items, properties, additionalProperties }: Schema): [string, unknown, unknown][] {
  if (Array.isArray(value)) return value.map((item, index) => [String(index), item, items]);
  if (!isMap(value)) return [];
  const known = isMap(properties) ? properties : {};
  return Object.entries(value).map(([key, each]) => [key, each, Object.hasOwn(known, key) ? known[key] : additionalProperties]);
}

/** What is wrong with a value, or with something in it, by the keywords that we know. */
function problemOf(value: unknown, schema: Schema): string | undefined {
  for (const [keyword, wanted] of Object.entries(schema)) {
    const problem = CHECKS[keyword]?.(value, wanted);
    if (problem !== undefined) return `${shown(value)} ${problem}`;
  }
  for (const [place, each, its] of inside(value, schema)) {
    if (its === false) return `${JSON.stringify(value)} has a key "${place}" that is not known`;
    const problem = isMap(its) ? problemOf(each, its) : undefined;
    if (problem !== undefined) return `${JSON.stringify(value)} is wrong at "${place}": ${problem}`;
  }
  return undefined;
}

function holdsNull(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.values(value).some(holdsNull));
}

function refuse(parts: readonly Part[]): string {
  const token = parts.find(isToken);
  if (token) throw new TokenError(`${token.label} cannot stand in it. Say it as the fallback of a text, or in the template.`);
  return '';
}

/** Numbers as texts: there is no limit to those that stand in a file. */
function printed(written: object): unknown {
  return JSON.parse(JSON.stringify(written, (_, each: unknown) => (typeof each === 'number' ? String(each) : each)));
}

/** Refuses what is known in a release only, where Helm reads a file as it is. */
export function checkWritten(name: string, written: object): void {
  try {
    replaceTokens(printed(written), { text: refuse, key: refuse, number: (token) => refuse([token]) });
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    throw new Error(`${name}: values.yaml and its schema are no templates. ${error.message}`, { cause: error });
  }
}

/** Refuses a default that its own schema would refuse: no user could install the chart. */
export function checkDefault({ path, schema, defaultValue, description }: ValueDeclaration): void {
  checkWritten(`values.${dotted(path)}`, { schema, defaultValue, description });
  if (defaultValue === undefined) return;
  if (holdsNull(defaultValue)) throw new Error(`values.${dotted(path)}: the default holds a null, which helm 3 keeps and helm 4 drops. Leave it out.`);
  const problem = problemOf(defaultValue, schema);
  if (problem !== undefined) throw new Error(`values.${dotted(path)}: the default ${problem}`);
}
