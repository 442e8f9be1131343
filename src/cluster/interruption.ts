/** One listener of a signal for all who wait until it is aborted: Node warns of a leak where more than ten listen to one. */
export class Interruption {
  readonly #signal: AbortSignal;
  readonly #ends = new Set<AbortController>();

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** Whether the signal is aborted. */
  get aborted(): boolean {
    return this.#signal.aborted;
  }

  /** Does work with a signal of its own, which is aborted with the shared one. */
  async during<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const end = new AbortController();
    if (this.aborted) end.abort();
    if (this.#ends.size === 0) this.#signal.addEventListener('abort', this.#abort);
    this.#ends.add(end);
    try {
      return await work(end.signal);
    } finally {
      this.#ends.delete(end);
      if (this.#ends.size === 0) this.#signal.removeEventListener('abort', this.#abort);
    }
  }

  readonly #abort = (): void => {
    for (const end of [...this.#ends]) end.abort();
  };
}
