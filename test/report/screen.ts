import stringWidth from 'string-width';

/** As much of a terminal as the live view needs: it breaks, scrolls, erases, and breaks its lines anew when it becomes narrower. */
export class Screen {
  /** What has left the screen at its top, and then the screen. */
  readonly #lines: string[][] = [[]];
  #row = 0;
  #column = 0;
  #wraps = true;
  /** Whether the cursor is shown. */
  cursor = true;
  columns: number;
  rows: number;

  constructor(columns: number, rows: number) {
    this.columns = columns;
    this.rows = rows;
  }

  /** Every line, those that have scrolled away, too. */
  get all(): string[] {
    const lines = this.#lines.map((cells) => cells.map((cell) => cell ?? ' ').join('').trimEnd());
    while (lines.at(-1) === '') lines.pop();
    return lines;
  }

  /** The lines on the screen. */
  get visible(): string[] {
    return this.all.slice(this.#top);
  }

  write(text: string): void {
    // eslint-disable-next-line no-control-regex
    for (const [token, code] of text.matchAll(/\u001b\[([?\d]*[a-zA-Z])|[^\u001b]/gu)) {
      if (code !== undefined) this.#control(code);
      else if (token === '\n') this.#down(true);
      else if (token === '\r') this.#column = 0;
      else this.#print(token);
    }
  }

  /** Breaks the lines that have become too long; the cursor stays with its line. */
  resize(columns: number, rows: number): void {
    const old = this.#lines.splice(0);
    const row = this.#row;
    for (const [index, cells] of old.entries()) {
      if (index === row) this.#row = this.#lines.length;
      for (let start = 0; start === 0 || start < cells.length; start += columns) this.#lines.push(cells.slice(start, start + columns));
    }
    Object.assign(this, { columns, rows });
  }

  get #top(): number {
    return Math.max(0, this.#lines.length - this.rows);
  }

  #down(scrolls: boolean): void {
    if (this.#row < this.#lines.length - 1) this.#row += 1;
    else if (scrolls || this.#lines.length < this.rows) this.#row = this.#lines.push([]) - 1;
  }

  #print(character: string): void {
    const width = stringWidth(character);
    if (this.#column + width > this.columns) {
      if (!this.#wraps) this.#column = this.columns - width;
      else [this.#column] = [0, this.#down(true)];
    }
    const cells = this.#lines[this.#row];
    if (width === 0) cells[this.#column - 1] += character;
    else cells[this.#column] = character;
    if (width === 2) cells[this.#column + 1] = '';
    this.#column += width;
  }

  #control(code: string): void {
    const count = Number.parseInt(code, 10) || 1;
    switch (code.replace(/^\d+(?=[AB])/, '')) {
      case 'A':
        this.#row = Math.max(this.#top, this.#row - count);
        return;
      case 'B':
        for (let step = 0; step < count; step++) this.#down(false);
        return;
      case 'K':
        this.#lines[this.#row].length = Math.min(this.#lines[this.#row].length, this.#column);
        return;
      case '2K':
        this.#lines[this.#row].length = 0;
        return;
      case 'J':
        if (this.#row === this.#top && this.#column === 0) {
          // As tmux does, which takes it for a screen that is cleared: https://github.com/tmux/tmux/blob/master/screen-write.c, screen_write_clearendofscreen
          this.#row = this.#lines.length;
          this.#lines.push(...Array.from({ length: this.rows }, () => []));
          return;
        }
        this.#lines[this.#row].length = Math.min(this.#lines[this.#row].length, this.#column);
        this.#lines.length = this.#row + 1;
        return;
      case '?7l':
      case '?7h':
        this.#wraps = code.endsWith('h');
        return;
      case '?25l':
      case '?25h':
        this.cursor = code.endsWith('h');
        return;
      case '?2026h':
      case '?2026l':
        return;
      default:
        if (!code.endsWith('m')) throw new Error(`The screen does not know CSI ${code}`);
    }
  }
}
