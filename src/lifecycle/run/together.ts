/** What one of several parts has to tell: something that happened, its end, or its failure. */
export type News<K, E> = { readonly key: K } & ({ readonly happening: E } | { readonly ended: true } | { readonly error: unknown });

/** Several parts of an operation at once. Each goes on when what it told has been taken, as if it were alone. */
export class Together<K, E> {
  readonly #parts = new Map<K, AsyncGenerator<E, void>>();
  /** What each of them tells next. Who told last comes last, so that none is drowned by another that never stops talking. */
  readonly #next = new Map<K, Promise<News<K, E>>>();
  /** Who told last, and goes on when it is asked for more. */
  #told?: K;

  /** How many have not ended. */
  get size(): number {
    return this.#parts.size;
  }

  /** Begins one more part. */
  begin(key: K, part: AsyncGenerator<E, void>): void {
    this.#parts.set(key, part);
    this.#next.set(key, this.#ask(key));
  }

  /** The next news of any of them; one must be there that has not ended. */
  async next(): Promise<News<K, E>> {
    if (this.#told !== undefined) this.#next.set(this.#told, this.#ask(this.#told));
    const news = await Promise.race(this.#next.values());
    this.#next.delete(news.key);
    if (!('happening' in news)) this.#parts.delete(news.key);
    this.#told = 'happening' in news ? news.key : undefined;
    return news;
  }

  async #ask(key: K): Promise<News<K, E>> {
    try {
      const { done, value } = await this.#parts.get(key)!.next();
      return done ? { key, ended: true } : { key, happening: value };
    } catch (error) {
      return { key, error };
    }
  }
}
