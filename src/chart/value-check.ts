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
  type: (value, type) => unless(TYPES[type as string](value), `is no ${type as string}`),
  enum: (value, allowed) => unless((allowed as unknown[]).includes(value), `is none of ${JSON.stringify(allowed)}`),
  pattern: (value, pattern) => unless(new RegExp(pattern as string, 'u').test(String(value)), `does not match ${pattern as string}`),
  minLength: (value, length) => unless([...String(value)].length >= Number(length), `is shorter than ${length as number} characters`),
  maxLength: (value, length) => unless([...String(value)].length <= Number(length), `is longer than ${length as number} characters`),
  minimum: (value, limit) => unless(Number(value) >= Number(limit), `is less than ${limit as number}`),
  maximum: (value, limit) => unless(Number(value) <= Number(limit), `is more than ${limit as number}`),
};

function holdsNull(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.values(value).some(holdsNull));
}

/** Refuses a default that its own schema would refuse: no user could install the chart. */
export function checkDefault({ path, schema, defaultValue }: ValueDeclaration): void {
  if (defaultValue === undefined) return;
  if (holdsNull(defaultValue)) throw new Error(`values.${dotted(path)}: the default holds a null, which helm 3 keeps and helm 4 drops. Leave it out.`);
  for (const [keyword, wanted] of Object.entries(schema)) {
    const problem = CHECKS[keyword]?.(defaultValue, wanted);
    if (problem !== undefined) throw new Error(`values.${dotted(path)}: the default ${JSON.stringify(defaultValue)} ${problem}`);
  }
}
