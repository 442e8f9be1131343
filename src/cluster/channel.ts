/** A queue between those who tell and one who reads: pushed items come out of the iteration in their order. */
export class Channel<T> implements AsyncIterable<T> {
  readonly #items: T[] = [];
  #wake?: () => void;
  #end?: { readonly error?: unknown };

  /** Adds an item; after the end it is dropped. */
  push(item: T): void {
    if (this.#end) return;
    this.#items.push(item);
    this.#wake?.();
  }

  /** Ends the iteration once what was pushed has been read. */
  close(): void {
    this.#end ??= {};
    this.#wake?.();
  }

  /** Lets the iteration throw once what was pushed has been read. */
  fail(error: unknown): void {
    this.#end ??= { error };
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    try {
      for (;;) {
        while (this.#items.length > 0) yield this.#items.shift()!;
        if (this.#end) {
          if ('error' in this.#end) throw this.#end.error;
          return;
        }
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    } finally {
      this.#end ??= {};
    }
  }
}
