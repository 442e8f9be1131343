import { Clock } from '../clock';

interface Timer {
  readonly at: number;
  readonly fire: () => void;
}

/**
 * Time that passes only when nobody has anything left to do: as soon as the program is idle, the next timer is due.
 *
 * Five minutes of waiting take no time, and the same run gives the same times.
 */
export class VirtualClock implements Clock {
  readonly #timers = new Set<Timer>();
  #milliseconds: number;
  #scheduled = false;

  constructor(start: Date) {
    this.#milliseconds = start.getTime();
  }

  now(): Date {
    return new Date(this.#milliseconds);
  }

  /** Calls back after so many milliseconds; the result takes it back. */
  after(milliseconds: number, callback: () => void): () => void {
    const timer = { at: this.#milliseconds + Math.max(0, milliseconds), fire: callback };
    this.#timers.add(timer);
    this.#schedule();
    return () => void this.#timers.delete(timer);
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const done = () => {
        cancel();
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const cancel = this.after(milliseconds, done);
      signal?.addEventListener('abort', done);
    });
  }

  /** Every promise that can settle has settled when setImmediate calls back; then the program is idle. */
  #schedule(): void {
    if (this.#scheduled || this.#timers.size === 0) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      const next = this.#next();
      if (!next) return;
      this.#timers.delete(next);
      this.#milliseconds = Math.max(this.#milliseconds, next.at);
      next.fire();
      this.#schedule();
    });
  }

  /** The timer that is due first; of several, the one that was set first. There may be one for every line of a long log: nothing is copied. */
  #next(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) if (!first || timer.at < first.at) first = timer;
    return first;
  }
}
