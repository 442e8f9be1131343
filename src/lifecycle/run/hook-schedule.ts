/** How far hooks have come, by their places in Helm's order. */
export interface HookProgress {
  readonly started: ReadonlySet<number>;
  /** Those that have succeeded. */
  readonly done: ReadonlySet<number>;
  /** How many have started and have not ended. */
  readonly running: number;
}

/**
 * The hooks that may start now: the first in Helm's order whose hooks to wait for have all succeeded, as many as there is room for.
 *
 * @param waitsFor the places that each one waits for; all of them come before it
 * @param atATime how many may run at once
 */
export function startable(waitsFor: readonly (readonly number[])[], { started, done, running }: HookProgress, atATime: number): number[] {
  const ready = [...waitsFor.keys()].filter((place) => !started.has(place) && waitsFor[place].every((each) => done.has(each)));
  return ready.slice(0, Math.max(0, atATime - running));
}
