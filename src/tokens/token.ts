/**
 * What will stand in the place of a token: a part of a text, a number, or something that only stands alone (a truth, a list, a map); or several items of
 * the list in which it is an item, several fields of the map in which it is a key.
 */
export type TokenShape = 'text' | 'number' | 'structure' | 'items';

/** A language in which a text does not mean itself: between the quotes of a JSON text, as a part of a URL. */
export type Encoding = 'json' | 'url';

/** What is said of a value that is known later: a value of a Helm chart, an output of Pulumi. */
export interface TokenMeaning {
  /** What people call it, such as `image.tag`. */
  readonly label: string;
  /** What it stands as where a value is needed before it is known: null for the key of a field that is not there; absent where nothing can be said. */
  readonly sample?: unknown;
  /** Where it comes from, in the words of whoever mints it. */
  readonly source: unknown;
  /** A text that carries the value as that language writes it; absent where it cannot be encoded before it is known. */
  readonly encoded?: (encoding: Encoding) => string;
}

/** A value that is known later, and is carried by a primitive until then. */
export interface Token extends TokenMeaning {
  readonly shape: TokenShape;
}

/** A token that did not come through whole. */
export class TokenError extends Error {
  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}

interface Registry {
  /** By the number in their text. */
  readonly texts: Token[];
  /** By the number that carries them. */
  readonly numbers: Map<number, Token>;
  /** By what is there only if they are true. */
  readonly conditions: WeakMap<object, TokenMeaning>;
}

const REGISTRY = Symbol.for('cdk8s-lifecycle.tokens');

/** All tokens of the process: also of another copy of this package, such as a library's own. */
export function registry(): Registry {
  const shared = globalThis as { [REGISTRY]?: Registry };
  return (shared[REGISTRY] ??= { texts: [], numbers: new Map(), conditions: new WeakMap() });
}

/** Whether there is any value in the process that is known later: in a chart without values nothing has to be looked through for one. */
export function hasTokens(): boolean {
  const { texts, numbers } = registry();
  return texts.length > 0 || numbers.size > 0;
}
