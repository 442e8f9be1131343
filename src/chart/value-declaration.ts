import { isPlain } from './expression';
import { matchesPlainTexts } from './text-pattern';

/** A value of the chart, as its author declared it. */
export interface ValueDeclaration {
  readonly path: readonly string[];
  /** JSON Schema of the value alone. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** Absent where the user has to give one. */
  readonly defaultValue?: unknown;
  readonly description?: string;
}

/** The path as `--set` takes it. */
export function dotted(path: readonly string[]): string {
  return path.map((key) => key.replace(/[.,=[\]{}\\]/g, '\\$&')).join('.');
}

/** Keys of a path, of which a name with dots in it is not one. */
export function keysOf(path: string): string[] {
  const keys = path.split('.');
  if (keys.every((key) => /^[A-Za-z0-9_-]+$/.test(key))) return keys;
  throw new Error(`values.${path}: a path is names with dots between them; a name is letters, digits, "_" and "-"`);
}

/** What is known of the texts that a schema allows. */
export function limitsOfSchema({ enum: allowed, pattern, maxLength }: { enum?: readonly string[]; pattern?: string; maxLength?: number }) {
  if (allowed) return { isPlain: allowed.every(isPlain), maxLength: Math.max(...allowed.map((text) => text.length)) };
  return { isPlain: pattern !== undefined && matchesPlainTexts(pattern), ...(maxLength === undefined ? {} : { maxLength }) };
}
