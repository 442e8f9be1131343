import { isPlain } from './expression';

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

/** What of JSON Schema's expressions Go does not know: https://github.com/google/re2/wiki/Syntax */
const NOT_IN_GO = /\(\?(?:[=!]|<[=!])|\\[1-9]/;

/** Refuses an expression that Helm could not use. */
export function checkPattern(name: string, pattern: string): void {
  if (NOT_IN_GO.test(pattern)) throw new Error(`${name}: the pattern ${pattern} looks ahead or back, and Helm's expressions (RE2) cannot`);
  try {
    new RegExp(pattern, 'u');
  } catch (error) {
    throw new Error(`${name}: the pattern ${pattern} is no regular expression`, { cause: error });
  }
}

const SAFE_ATOM = /^(?:[A-Za-z0-9 _/:@,~-]|\\[.\-/dw+]|\[(?:[A-Za-z0-9 _./:@+,~-]|\\[.\-/dw])+\])(?:[*+?]|\{\d+(?:,\d*)?\})?/;

/** Whether every text that matches means itself in quotes: only then may it stand in a template as it is. What is not sure is not. */
export function matchesPlainTexts(pattern: string): boolean {
  const body = /^\^(.*)\$$/.exec(pattern)?.[1];
  if (body === undefined) return false;
  let depth = 0;
  let rest = body;
  while (rest !== '') {
    const atom = SAFE_ATOM.exec(rest)?.[0] ?? /^(?:\(\?:|\(|\)[*+?]?|\|)/.exec(rest)?.[0];
    if (atom === undefined) return false;
    if (atom.startsWith('(')) depth += 1;
    if (atom.startsWith(')')) depth -= 1;
    if (atom === '|' && depth === 0) return false; // the anchors hold at one end each
    rest = rest.slice(atom.length);
  }
  return true;
}

/** What is known of the texts that a schema allows. */
export function limitsOfSchema({ enum: allowed, pattern, maxLength }: { enum?: readonly string[]; pattern?: string; maxLength?: number }) {
  if (allowed) return { isPlain: allowed.every(isPlain), maxLength: Math.max(...allowed.map((text) => text.length)) };
  return { isPlain: pattern !== undefined && matchesPlainTexts(pattern), ...(maxLength === undefined ? {} : { maxLength }) };
}
