import { IConstruct } from 'constructs';
import { describeRef } from '../vocabulary';
import { DeclaredDependencies } from './declared-dependencies';
import { Hook } from './hook';
import { HookOrder, orderHooks } from './hook-order';

const ORDERINGS = new WeakMap<IConstruct, Ordering>();

/** The order of all hooks of an app, across its charts: dependencies between constructs become weights. */
export class Ordering {
  /** The ordering of the app that a construct belongs to. */
  static of({ node: { root } }: IConstruct): Ordering {
    const ordering = ORDERINGS.get(root) ?? new Ordering(root);
    ORDERINGS.set(root, ordering);
    return ordering;
  }

  readonly #root: IConstruct;
  readonly #dependencies: DeclaredDependencies;
  #order: HookOrder | undefined;

  private constructor(root: IConstruct) {
    this.#root = root;
    this.#dependencies = new DeclaredDependencies(root, () => this.refresh());
  }

  /** Takes into account what was declared since. */
  refresh(): void {
    this.#order = undefined;
  }

  /** The weight of a hook. */
  weight(hook: Hook): number {
    const { weights, problems } = this.#solve();
    const weight = hook.weight ?? weights.get(hook);
    // Whoever renders a single object is told here; a synth stops earlier, at the validation.
    if (weight === undefined) throw new Error([...problems.values()].flat().join('\n'));
    return weight;
  }

  /**
   * The objects that a hook was declared to run after, an empty text for none.
   *
   * Nothing for a hook of which no order was declared, and for one that a given weight keeps in its place: both run alone.
   */
  after(hook: Hook): string | undefined {
    const earlier = this.#solve().earlier.get(hook);
    if (hook.weight !== undefined || (hook.after === undefined && !earlier)) return undefined;
    const refs = [...(earlier ?? [])].map(({ apiObject }) => describeRef(apiObject));
    return [...new Set(refs)].sort().join(',');
  }

  /** What is wrong with the order of a hook. */
  problems(hook: Hook): readonly string[] {
    return this.#solve().problems.get(hook) ?? [];
  }

  /** Whether anything is wrong with the order of any hook. */
  hasProblems(): boolean {
    return this.#solve().problems.size > 0;
  }

  #solve(): HookOrder {
    if (this.#order) return this.#order;
    const order = orderHooks(this.#root, this.#dependencies.list());
    // A failure is not kept: whoever mends the app and asks again gets a new answer.
    if (order.problems.size === 0) this.#order = order;
    return order;
  }
}
