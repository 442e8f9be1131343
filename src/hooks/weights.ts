/** Things that are to run one after the other, and what is known of their order. */
export interface Order<T> {
  readonly items: readonly T[];
  /** The items that run before this one. */
  earlier(item: T): readonly T[];
  /** The weight that was given to an item, if one was. */
  given(item: T): number | undefined;
}

/** Why an order cannot be had. */
export type OrderProblem<T> =
  /** Each is to run after the next, and the last after the first. */
  | { readonly kind: 'cycle'; readonly members: readonly T[] }
  /** Two given weights leave no room for the order of the two, or for what runs between them. */
  | { readonly kind: 'contradiction'; readonly earlier: T; readonly between: readonly T[]; readonly later: T };

/** A weight for every item, unless there are problems. */
export interface Weights<T> {
  readonly weights: ReadonlyMap<T, number>;
  readonly problems: readonly OrderProblem<T>[];
}

/** The highest weight an item may have, and who says so. */
interface Ceiling<T> {
  readonly weight: number;
  readonly by: T;
  readonly between: readonly T[];
}

/** Items with everything that runs before them in front; cycles are cut where they close. */
function topology<T>(order: Order<T>): { sorted: readonly T[]; problems: OrderProblem<T>[] } {
  const sorted: T[] = [];
  const problems: OrderProblem<T>[] = [];
  const done = new Set<T>();
  const open: T[] = [];
  const visit = (item: T) => {
    if (done.has(item)) return;
    if (open.includes(item)) return void problems.push({ kind: 'cycle', members: open.slice(open.indexOf(item)) });
    open.push(item);
    order.earlier(item).forEach(visit);
    open.pop();
    done.add(item);
    sorted.push(item);
  };
  order.items.forEach(visit);
  return { sorted, problems };
}

/** How high each item may stand, so that everything given below it still fits. */
function ceilings<T>(order: Order<T>, sorted: readonly T[]): { ceiling: Map<T, Ceiling<T>>; problems: OrderProblem<T>[] } {
  const ceiling = new Map<T, Ceiling<T>>();
  const problems: OrderProblem<T>[] = [];
  for (const item of [...sorted].reverse()) {
    const limit = ceiling.get(item);
    const given = order.given(item);
    if (limit && given !== undefined && given > limit.weight) {
      problems.push({ kind: 'contradiction', earlier: item, between: limit.between, later: limit.by });
    }
    const passedOn = given !== undefined ? { weight: given, by: item, between: [] } : limit && { ...limit, between: [item, ...limit.between] };
    if (!passedOn) continue;
    for (const earlier of order.earlier(item)) {
      const known = ceiling.get(earlier);
      if (!known || passedOn.weight - 1 < known.weight) ceiling.set(earlier, { ...passedOn, weight: passedOn.weight - 1 });
    }
  }
  return { ceiling, problems };
}

/**
 * Weights that put items in order: 0 for those that need none, and one more with every level above.
 *
 * Given weights stay; the others make room for them, below 0 where they have to.
 */
export function assignWeights<T>(order: Order<T>): Weights<T> {
  const { sorted, problems: cycles } = topology(order);
  if (cycles.length > 0) return { weights: new Map(), problems: cycles };
  const { ceiling, problems } = ceilings(order, sorted);
  const weights = new Map<T, number>();
  for (const item of sorted) {
    const level = order.earlier(item).reduce((highest, earlier) => Math.max(highest, weights.get(earlier)! + 1), 0);
    weights.set(item, order.given(item) ?? Math.min(level, ceiling.get(item)?.weight ?? level));
  }
  return { weights, problems };
}
