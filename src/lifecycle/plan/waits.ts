/** A hook as far as its place among others goes. */
export interface OrderedHook {
  readonly event: string;
  /** `Kind/name` */
  readonly name: string;
  /** The hooks that it was said to run after, by their names; absent where nobody said anything. */
  readonly after?: readonly string[];
}

/**
 * The hooks that each of them waits for, by their places in Helm's order: what was declared, and nothing else.
 *
 * One of which no order was declared is a barrier: it waits for all before it, and all after it wait for it. Between two events there is one, too. Between two
 * barriers a hook waits only for those that it names. A name that none before it has says nothing: Helm's order is never turned around.
 */
export function waitsOf(hooks: readonly OrderedHook[]): number[][] {
  const waits: number[][] = [];
  /** What everything waits for that comes now. */
  let barrier: readonly number[] = [];
  /** The places since then. */
  let beside: number[] = [];
  /** The places that nobody waits for yet: when they are done, all before them are. */
  const ends = () => {
    const awaited = new Set(beside.flatMap((place) => waits[place]));
    const last = beside.filter((place) => !awaited.has(place));
    return last.length > 0 ? last : [...barrier];
  };
  for (const [place, { event, after }] of hooks.entries()) {
    if (place > 0 && hooks[place - 1].event !== event) [barrier, beside] = [ends(), []];
    if (after === undefined) {
      waits.push(ends());
      [barrier, beside] = [[place], []];
    } else {
      const named = beside.filter((each) => after.includes(hooks[each].name));
      waits.push(named.length > 0 ? named : [...barrier]);
      beside.push(place);
    }
  }
  return waits;
}
