/** What stands before a stop, and which stop it is; none at the end of the text. */
export interface Piece {
  readonly text: string;
  readonly stop?: string;
}

/** A text that is read once, character by character. */
export class Runes {
  readonly #runes: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#runes = [...text];
  }

  /** How many characters were read. */
  get position(): number {
    return this.#at;
  }

  /** The next character, without reading it. */
  get next(): string | undefined {
    return this.#runes[this.#at];
  }

  /** What was not read yet, without reading it. */
  get rest(): string {
    return this.#runes.slice(this.#at).join('');
  }

  skip(text: string): void {
    this.#at += [...text].length;
  }

  /** Reads up to one of the stops, and that; with `escapes` a backslash makes of any character a part of the text. */
  until(stops: string, escapes: boolean): Piece {
    let text = '';
    while (this.#at < this.#runes.length) {
      const rune = this.#runes[this.#at++];
      if (stops.includes(rune)) return { text, stop: rune };
      if (escapes && rune === '\\') text += this.#runes[this.#at++] ?? '';
      else text += rune;
    }
    return { text };
  }
}
