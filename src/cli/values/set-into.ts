import { Values, isMap, put, valueAt } from '../../vocabulary';
import { Notation } from './notations';
import { Piece, Runes } from './runes';
import { SetError } from './set-error';

/** pkg/strvals, MaxIndex: `a[65536]` is the last. */
export const MAX_INDEX = 65_536;

/** pkg/strvals, MaxNestedNameLevel: dots in one name. */
export const MAX_DOTS = 30;

/** Lists of lists; Helm has no bound here but its stack. */
const MAX_BRACKETS = 100;

/** What was read, and whether the text ended where Helm's parser stops without an error. */
interface Step<T> {
  readonly value: T;
  readonly ended: boolean;
}

function putNamed(map: Values, key: string, value: unknown): void {
  if (key !== '') put(map, key, value); // Helm drops what has no name
}

function quoted(name: string): string {
  return JSON.stringify(name);
}

/** One text of `--set` and its like, while it is read into a map. */
class Setter {
  readonly #runes: Runes;
  readonly #notation: Notation;

  constructor(text: string, notation: Notation) {
    this.#runes = new Runes(text);
    this.#notation = notation;
  }

  /** Everything that the text sets. */
  all(values: Values): void {
    while (!this.#key(values, 0));
  }

  #until(stops: string): Piece {
    return this.#runes.until(stops, this.#notation.escapes);
  }

  /** Reads a name, or the part of one up to the end of the text. @returns whether the text ended */
  #key(map: Values, dots: number): boolean {
    const { text: name, stop } = this.#until(this.#notation.stops);
    switch (stop) {
      case undefined:
        if (name !== '') throw new SetError(`the text ends in a name without a value (character ${this.#runes.position}); a comma or a dot within a value is written with a backslash before it`);
        return true;
      case ',':
        throw new SetError(`a name without a value ends at character ${this.#runes.position}; a comma within a value is written \\,`);
      case '=': {
        const { value, ended = false } = this.#notation.value(this.#runes);
        putNamed(map, name, value);
        return ended;
      }
      case '[': {
        const { value, ended } = this.#item(this.#listIn(map, name), this.#index(), dots, 1);
        putNamed(map, name, value);
        return ended;
      }
      default:
        return this.#inner(map, name, dots + 1);
    }
  }

  /** The part of a name behind a dot. */
  #inner(map: Values, name: string, dots: number): boolean {
    if (dots > MAX_DOTS) throw new SetError(`a name has more than ${MAX_DOTS} dots`);
    const before = valueAt(map, name);
    if (before !== undefined && !isMap(before)) throw new SetError(`${quoted(name)} holds a value already that is no map`);
    const inner = before ?? {};
    const ended = this.#key(inner, dots);
    const isEmpty = Object.keys(inner).length === 0;
    if (isEmpty && !ended) throw new SetError(`the map ${quoted(name)} gets no value`);
    if (!isEmpty) putNamed(map, name, inner);
    return ended;
  }

  #listIn(map: Values, name: string): unknown[] {
    const before = valueAt(map, name);
    if (before !== undefined && !Array.isArray(before)) throw new SetError(`${quoted(name)} holds a value already that is no list`);
    return before ?? [];
  }

  #index(): number {
    const { text, stop } = this.#until(']');
    if (stop === undefined) throw new SetError('an index is not closed: it ends with ]');
    if (!/^[-+]?[0-9]+$/.test(text)) throw new SetError(`an index before character ${this.#runes.position} is no number`);
    const index = Number(text);
    if (index < 0) throw new SetError('an index is negative');
    if (index > MAX_INDEX) throw new SetError(`an index is greater than ${MAX_INDEX}`);
    return index;
  }

  /** What stands behind an index. @returns the list with it */
  #item(list: unknown[], index: number, dots: number, brackets: number): Step<unknown[]> {
    const { text, stop } = this.#until('[.=');
    if (text !== '') throw new SetError('something stands between an index and what follows it');
    switch (stop) {
      case undefined:
        return { value: list, ended: true };
      case '=':
        return { value: withItem(list, index, this.#notation.value(this.#runes).value), ended: false };
      case '[': {
        if (brackets >= MAX_BRACKETS) throw new SetError(`lists are nested more than ${MAX_BRACKETS} levels deep`);
        const next = this.#index();
        const before = list[index] ?? [];
        if (!Array.isArray(before)) throw new SetError('an index stands behind an item that is no list');
        const inner = this.#item(before as unknown[], next, dots, brackets + 1);
        return inner.ended ? { value: list, ended: true } : { value: withItem(list, index, inner.value), ended: false };
      }
      default: {
        // Helm replaces an item that is no map, and forgets a new one where the text ends within it.
        const before = list[index];
        const inner = isMap(before) ? before : {};
        if (index < list.length) list[index] = inner;
        return this.#key(inner, dots) ? { value: list, ended: true } : { value: withItem(list, index, inner), ended: false };
      }
    }
  }
}

/** The list with an item at an index; what is missing before it is null. */
function withItem(list: readonly unknown[], index: number, item: unknown): unknown[] {
  const longer = [...list];
  while (longer.length < index) longer.push(null);
  longer[index] = item;
  return longer;
}

/**
 * Reads a text such as `image.tag=2.1,hosts[0]=a` into values, exactly as Helm does (pkg/strvals/parser.go, literal_parser.go).
 *
 * @throws SetError
 */
export function setInto(values: Values, text: string, notation: Notation): void {
  new Setter(text, notation).all(values);
}
