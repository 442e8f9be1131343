/* Values as the engine and its providers send them to each other (pulumi: sdk/nodejs/runtime/rpc.ts). */

const SIGNATURE = '4dabf18193072939515e22adb298388d';
const SECRET = '1b47061264138c4ac30d75fd1eb44270';

/** What stands for a value that is known after the preview. */
export const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

/** Fields by their names. */
export type Fields = Readonly<Record<string, unknown>>;

/** Whether it is an object with fields. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSecret(value: unknown): value is { readonly value: unknown } {
  return isFields(value) && value[SIGNATURE] === SECRET;
}

/** Marks a value as secret. */
export function secret(value: unknown): Fields {
  return { [SIGNATURE]: SECRET, value };
}

/** The value without the marks of secrets, and without fields that are null: those are as good as absent to the API server. */
export function reveal(value: unknown): unknown {
  if (isSecret(value)) return reveal(value.value);
  if (Array.isArray(value)) return value.map(reveal);
  if (!isFields(value)) return value;
  const present = Object.entries(value).filter(([, each]) => each !== null && each !== undefined);
  return Object.fromEntries(present.map(([key, each]) => [key, reveal(each)]));
}

/** Marks as secret what is at the place of a secret in another value. */
export function conceal(value: unknown, like: unknown): unknown {
  if (value === undefined) return undefined;
  if (isSecret(like)) return secret(value);
  if (Array.isArray(value) && Array.isArray(like)) return value.map((each, index) => conceal(each, like[index]));
  if (!isFields(value) || !isFields(like)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, conceal(each, like[key])]));
}

/** Whether a part of it is known only later. */
export function hasUnknown(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(hasUnknown);
}
