/** Where a value does not hold what is expected of it. */
export interface Difference {
  /** The path of the field, such as `spec.template.spec.containers[0].image`. */
  readonly path: string;
  readonly expected: unknown;
  /** Absent where there is nothing. */
  readonly actual: unknown;
}

/** Fields of an object that a test expects, at any depth; a list is expected whole, each of its items again by its fields. */
export type Fields = Readonly<Record<string, unknown>>;

const isMap = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The first field in which a value is not as expected; nothing where all are. */
export function firstDifference(expected: unknown, actual: unknown, path = ''): Difference | undefined {
  if (isMap(expected) && isMap(actual)) {
    const fields = Object.entries(expected).map(([key, value]) => firstDifference(value, actual[key], path === '' ? key : `${path}.${key}`));
    return fields.find((difference) => difference !== undefined);
  }
  if (Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length) {
    return expected.map((item, index) => firstDifference(item, actual[index], `${path}[${index}]`)).find((difference) => difference !== undefined);
  }
  const isEqual = Array.isArray(expected) || isMap(expected) ? false : Object.is(expected, actual);
  return isEqual ? undefined : { path, expected, actual };
}

/** `spec.backoffLimit is 3, not 0` */
export function describeDifference({ path, expected, actual }: Difference): string {
  return `${path} is ${actual === undefined ? 'absent' : JSON.stringify(actual)}, not ${expected === undefined ? 'absent' : JSON.stringify(expected)}`;
}
