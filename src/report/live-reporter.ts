import { LifecycleEvent } from '../lifecycle';
import { LiveCanvas } from './live-canvas';
import { LiveSpace, liveFrame, liveText } from './live-frame';
import { LiveState, liveState, liveStateWith } from './live-state';
import { Line, lineText } from './part';

/** The terminal that a live view is drawn on. */
export interface Terminal {
  /** Its size now, and how many columns a text takes on it. */
  space(): LiveSpace;
  /** Writes before it returns: the last words of a process that dies must arrive. */
  write(text: string): void;
  /** Calls the listener whenever the size has changed, until the function that it returns is called. */
  onResize(listener: () => void): () => void;
  /** Calls the listener when the process ends, however that comes, until the function that it returns is called. */
  onExit(listener: () => void): () => void;
}

/** What a live view needs. */
export interface LiveReporterProps {
  readonly terminal: Terminal;
  /**
   * Colour what happens and the verdicts.
   *
   * @default false
   */
  readonly colour?: boolean;
}

/** Least time between two frames, in milliseconds: twelve a second. */
const FRAME_TIME = 83;

/** How often it is looked whether the time that is shown has changed, in milliseconds. */
const TICK = 250;

/** Shows an operation on a terminal, one line a hook, as it is now; when it is closed, what came of it stays. */
export class LiveReporter {
  readonly #terminal: Terminal;
  readonly #canvas: LiveCanvas;
  readonly #colour: boolean;
  readonly #stops: readonly (() => void)[];
  #state: LiveState = [];
  #shown: readonly Line[] = [];
  #drawnAt = -Infinity;
  #due?: NodeJS.Timeout;

  constructor({ terminal, colour = false }: LiveReporterProps) {
    this.#terminal = terminal;
    this.#colour = colour;
    this.#canvas = new LiveCanvas((text) => terminal.write(text));
    const ticking = setInterval(() => this.#schedule(), TICK).unref();
    this.#stops = [
      () => clearInterval(ticking),
      () => clearTimeout(this.#due),
      terminal.onResize(() => this.#resized()),
      terminal.onExit(() => this.#canvas.leave()),
    ];
  }

  /** Takes the event into what is shown. */
  report(event: LifecycleEvent): void {
    this.#state = liveState(this.#state, event);
    this.#schedule();
  }

  /** Shows a line that no event tells. */
  note(text: string): void {
    this.#state = liveStateWith(this.#state, text, Date.now());
    this.#schedule();
  }

  /** Leaves the final text and gives the cursor back. */
  close(): void {
    for (const stop of this.#stops) stop();
    this.#canvas.finish(this.#text(liveText(this.#state, Date.now(), this.#terminal.space())));
  }

  #schedule(): void {
    this.#due ??= setTimeout(() => this.#draw(), Math.max(0, this.#drawnAt + FRAME_TIME - Date.now())).unref();
  }

  #draw(): void {
    clearTimeout(this.#due);
    this.#due = undefined;
    this.#drawnAt = Date.now();
    this.#canvas.draw(this.#frame());
  }

  #resized(): void {
    const { columns, widthOf } = this.#terminal.space();
    const rows = this.#shown.map((line) => Math.max(1, Math.ceil(widthOf(lineText(line, false)) / columns)));
    this.#canvas.redraw(this.#frame(), rows.reduce((sum, each) => sum + each, 0));
  }

  #frame(): string[] {
    this.#shown = liveFrame(this.#state, Date.now(), this.#terminal.space());
    return this.#text(this.#shown);
  }

  #text(lines: readonly Line[]): string[] {
    return lines.map((line) => lineText(line, this.#colour));
  }
}
