import { LogLine, linePrefix, sourcesOf } from '../vocabulary';

/** Lines of one container, as long as no other came between. */
export interface LogPart {
  readonly pod: string;
  readonly container: string;
  readonly lines: readonly string[];
}

/** The end of a hook's log, as a journal keeps it. */
export interface KeptLog {
  /** In the order in which the lines came. */
  readonly parts: readonly LogPart[];
  /** Whether the hook has printed more than this. */
  readonly cut?: true;
}

/** Of a hook's log, so many lines are kept, and so many bytes. */
export const TAIL_LINES = 100;
export const TAIL_BYTES = 8 * 1024;

/** A line that is kept is at most so long, in characters; of a longer one the beginning is. */
const MAX_LINE = 2048;

/** The lines of a log that was kept. */
export function keptLines({ parts }: KeptLog): LogLine[] {
  return parts.flatMap(({ pod, container, lines }) => lines.map((line) => ({ pod, container, line })));
}

/** Keeps the last lines of a log while it comes. */
export class LogTail {
  #lines: LogLine[] = [];
  #bytes = 0;
  #cut = false;

  /** Adds a line; the oldest go when they are too many. */
  add({ pod, container, line }: LogLine): void {
    this.#cut ||= line.length > MAX_LINE;
    const kept = { pod, container, line: line.length > MAX_LINE ? `${line.slice(0, MAX_LINE)}\u2026` : line };
    this.#lines.push(kept);
    this.#bytes += Buffer.byteLength(kept.line);
    while (this.#lines.length > TAIL_LINES || this.#bytes > TAIL_BYTES) {
      this.#bytes -= Buffer.byteLength(this.#lines.shift()!.line);
      this.#cut = true;
    }
  }

  /** The last lines, each with what tells where it comes from. */
  last(count: number): string[] {
    const sources = sourcesOf(this.#lines);
    return this.#lines.slice(-count).map((line) => linePrefix(sources, line) + line.line);
  }

  /** As the journal keeps it; nothing where nothing was printed. */
  kept(): KeptLog | undefined {
    if (this.#lines.length === 0) return undefined;
    const parts: { pod: string; container: string; lines: string[] }[] = [];
    for (const { pod, container, line } of this.#lines) {
      const last = parts.at(-1);
      if (last?.pod === pod && last.container === container) last.lines.push(line);
      else parts.push({ pod, container, lines: [line] });
    }
    return { parts, ...(this.#cut ? { cut: true } : {}) };
  }
}
