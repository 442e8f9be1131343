/** Fields that name an object, or hold a word of ours: what everybody may see, and programs rely on. */
const NAMES: ReadonlySet<string> = new Set([
  'at', 'kind', 'event', 'hook', 'resource', 'plan', 'operation', 'release', 'namespace', 'status', 'was', 'change', 'policy', 'pod', 'container', 'stopped',
  'name', 'code',
]);

type Mask = (text: string) => string;

/** The error without what its texts give away; it stays what it is, and so do its causes. */
function maskError(error: Error, mask: Mask, seen: Map<unknown, unknown>): Error {
  const masked = Object.setPrototypeOf(new Error(mask(error.message)), Object.getPrototypeOf(error) as object) as Error;
  seen.set(error, masked);
  for (const [key, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(error))) {
    // The stack of an error is an accessor in newer versions of Node.
    const value: unknown = 'value' in descriptor ? descriptor.value : error[key as keyof Error];
    const shown = NAMES.has(key) ? value : maskValue(value, mask, seen);
    Object.defineProperty(masked, key, { value: shown, enumerable: descriptor.enumerable, configurable: true, writable: true });
  }
  return masked;
}

function maskValue(value: unknown, mask: Mask, seen: Map<unknown, unknown>): unknown {
  if (typeof value === 'string') return mask(value);
  if (typeof value !== 'object' || value === null) return value;
  if (seen.has(value)) return seen.get(value);
  if (value instanceof Error) return maskError(value, mask, seen);
  if (Array.isArray(value)) return value.map((item) => maskValue(item, mask, seen));
  if (Object.getPrototypeOf(value) !== Object.prototype) return value; // a socket in the cause of an error, say
  const masked: Record<string, unknown> = {};
  seen.set(value, masked);
  for (const [key, field] of Object.entries(value)) masked[key] = NAMES.has(key) ? field : maskValue(field, mask, seen);
  return masked;
}

/** The value with every text in it masked, however deep; only what names an object stays. A field that nobody thought of is masked, too. */
export function maskTexts<T>(value: T, mask: Mask): T {
  return maskValue(value, mask, new Map()) as T;
}
