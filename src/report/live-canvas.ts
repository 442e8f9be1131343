/** Control sequences of ECMA-48 and of DEC's private modes, as every terminal of today has them. */
const DOWN = '\u001b[B';
const ERASE_LINE = '\u001b[2K';
const ERASE_LINE_END = '\u001b[K';
const ERASE_BELOW = '\u001b[J';
const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';
/** What lies between is shown at once; terminals that do not know it ignore it: https://gist.github.com/christianparpart/d8a62cc1ab659194337d73e399004036 */
const FRAME = ['\u001b[?2026h', '\u001b[?2026l'] as const;
/** A terminal that counts a character otherwise than we do cuts the line instead of breaking the layout. */
const UNWRAPPED = ['\u001b[?7l', '\u001b[?7h'] as const;

function up(lines: number): string {
  return lines > 0 ? `\u001b[${lines}A` : '';
}

/** Empties so many rows above the cursor, and goes to the first. Were they erased as "all below", tmux would keep them in its history where they fill the screen. */
function emptied(rows: number): string {
  return `\r${up(rows)}${(ERASE_LINE + DOWN).repeat(rows)}${up(rows)}`;
}

/**
 * Draws lines over those that it drew before, in one write a frame.
 *
 * Between frames the cursor stands, hidden, at the start of the row below the last line, where whatever comes next may begin even if this process is killed.
 */
export class LiveCanvas {
  readonly #write: (text: string) => void;
  #drawn: readonly string[] = [];

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  /** Shows the lines; nothing is written where they are those that are shown. None may be wider than the terminal, and all must leave it a row. */
  draw(lines: readonly string[]): void {
    if (lines.length === this.#drawn.length && lines.every((line, index) => line === this.#drawn[index])) return;
    this.#replace(this.#drawn.length, lines, this.#drawn.length === 0 ? HIDE_CURSOR : '');
  }

  /**
   * Shows the lines after the size of the terminal has changed.
   *
   * @param rows that those shown before take now: most terminals break lines that have become too long (which the package log-update does not count)
   */
  redraw(lines: readonly string[], rows: number): void {
    if (lines.length + this.#drawn.length > 0) this.#replace(0, lines, HIDE_CURSOR + emptied(rows));
  }

  /** Puts lines of any length and number in place of those that are drawn, to stay. */
  finish(lines: readonly string[]): void {
    if (lines.length + this.#drawn.length === 0) return;
    this.#frame(`${emptied(this.#drawn.length)}${lines.map((line) => `${line}\r\n`).join('')}${SHOW_CURSOR}`);
    this.#drawn = [];
  }

  /** Leaves what is drawn as it is, and gives the cursor back. */
  leave(): void {
    if (this.#drawn.length > 0) this.#write(SHOW_CURSOR);
    this.#drawn = [];
  }

  #replace(rows: number, lines: readonly string[], first: string): void {
    const text = lines.map((line) => `${line}${ERASE_LINE_END}\r\n`).join('');
    this.#frame(`${UNWRAPPED[0]}${first}\r${up(rows)}${text}${ERASE_BELOW}${UNWRAPPED[1]}`);
    this.#drawn = lines;
  }

  #frame(text: string): void {
    this.#write(`${FRAME[0]}${text}${FRAME[1]}`);
  }
}
