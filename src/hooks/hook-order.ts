import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Dependency } from './declared-dependencies';
import { eventOrder } from './event-order';
import { Hook, declaredHook, handWrittenHook } from './hook';
import { OrderProblem, assignWeights } from './weights';

/** What the declared order of an app's hooks comes to. */
export interface HookOrder {
  readonly weights: ReadonlyMap<Hook, number>;
  /** The hooks of the same events that run before a hook because somebody said so. */
  readonly earlier: ReadonlyMap<Hook, ReadonlySet<Hook>>;
  readonly problems: ReadonlyMap<Hook, readonly string[]>;
}

const path = ({ node }: IConstruct) => node.path || 'the app';
const isInside = (construct: IConstruct, scope: IConstruct) => construct.node.scopes.includes(scope);
const eventsOf = (hooks: readonly Hook[]) => [...new Set(hooks.flatMap(({ events }) => events))].join(', ');
const weighed = ({ construct, weight }: Hook) => `${path(construct)} (weight ${weight})`;

/** The hooks of an app, each looked at once. */
class Census {
  readonly #all: ReadonlySet<IConstruct>;
  readonly #hooks = new Map<IConstruct, Hook | undefined>();
  readonly #inside = new Map<IConstruct, readonly Hook[]>();

  constructor(root: IConstruct) {
    this.#all = new Set(root.node.findAll());
  }

  /** The hooks that were declared as constructs. */
  declared(): Hook[] {
    return [...this.#all].flatMap((each) => declaredHook(each) ?? []);
  }

  /** The hooks among a construct and what it holds, also those written by hand, but none that was removed from the app. */
  in(construct: IConstruct): readonly Hook[] {
    const hooks = this.#inside.get(construct) ?? construct.node.findAll().flatMap((each) => this.#hookOf(each) ?? []);
    this.#inside.set(construct, hooks);
    return hooks;
  }

  /** The hooks in one construct that are not in another, which the first may hold. */
  inButNotIn(construct: IConstruct, other: IConstruct): readonly Hook[] {
    const hooks = this.in(construct);
    return isInside(other, construct) ? hooks.filter(({ apiObject }) => !isInside(apiObject, other)) : hooks;
  }

  #hookOf(construct: IConstruct): Hook | undefined {
    if (!ApiObject.isApiObject(construct) || !this.#all.has(construct)) return undefined;
    if (!this.#hooks.has(construct)) this.#hooks.set(construct, declaredHook(construct) ?? handWrittenHook(construct));
    return this.#hooks.get(construct);
  }
}

function describe(problem: OrderProblem<Hook>): string {
  if (problem.kind === 'cycle') {
    const members = [...problem.members, problem.members[0]].map(({ construct }) => path(construct));
    return `no order fits: ${members.join(' after ')}. Remove one of these dependencies.`;
  }
  const { earlier, between, later } = problem;
  const room = between.length === 0 ? '' : `, with room for ${between.map(({ construct }) => path(construct)).join(', ')} between them`;
  return `${weighed(later)} is to run after ${weighed(earlier)}${room}, but lower weights run first. Remove one of the weights, or change it.`;
}

/** The hooks that were said to run right before or after one. */
function neighbours(hook: Hook, earlier: ReadonlyMap<Hook, ReadonlySet<Hook>>): readonly Hook[] {
  return [...(earlier.get(hook) ?? []), ...[...earlier].flatMap(([later, each]) => (each.has(hook) ? [later] : []))];
}

/** Puts the hooks of an app in the order that was declared between constructs. */
export function orderHooks(root: IConstruct, dependencies: readonly Dependency[]): HookOrder {
  const census = new Census(root);
  const hooks = census.declared();
  const earlier = new Map<Hook, Set<Hook>>();
  const problems = new Map<Hook, string[]>();

  /** Tells the first of the hooks that was declared here, and can say where. */
  const report = (concerned: readonly Hook[], text: string) => {
    const teller = concerned.find(({ apiObject }) => declaredHook(apiObject));
    if (teller) problems.set(teller, [...(problems.get(teller) ?? []), text]);
  };

  const relate = (laters: readonly Hook[], earliers: readonly Hook[]): boolean => {
    let holds = false;
    for (const later of laters) {
      for (const each of earliers) {
        const order = eventOrder(later.events, each.events);
        if (order === 'shared') earlier.set(later, (earlier.get(later) ?? new Set()).add(each));
        holds ||= order !== 'never';
      }
    }
    return holds;
  };

  const never = (later: Hook, target: IConstruct, earliers: readonly Hook[]) => {
    const events = `one runs at ${eventsOf([later])}, the other at ${eventsOf(earliers)}`;
    report([later, ...earliers], `${path(later.construct)} is to run after ${path(target)}, but never can: ${events}.`);
  };

  for (const { source, target } of dependencies) {
    const laters = census.inButNotIn(source, target);
    const earliers = census.inButNotIn(target, source);
    const holds = relate(laters, earliers);
    // Only what is said of one hook must come true for it; what is said of a whole chart holds where it can.
    if (!holds && earliers.length > 0 && laters.length === 1 && isInside(source, laters[0].construct)) never(laters[0], target, earliers);
  }

  for (const hook of hooks) {
    for (const target of hook.after ?? []) {
      const earliers = census.in(target).filter((each) => each !== hook);
      if (earliers.length === 0) {
        const why = 'Helm orders hooks among themselves; against resources, only the event counts.';
        report([hook], `${path(hook.construct)} is to run after ${path(target)}, which holds no other hook. ${why}`);
      } else if (!relate([hook], earliers)) {
        never(hook, target, earliers);
      }
    }
  }

  const related = new Set([...earlier].flatMap(([later, each]) => [later, ...each]));
  for (const hook of [...related].filter(({ weightFrom }) => weightFrom !== undefined)) {
    const why = `gets its weight from ${hook.weightFrom}, which the release decides, so nothing can be ordered before or after it`;
    report([hook, ...neighbours(hook, earlier)], `${path(hook.construct)} ${why}. Remove the weight, or the order.`);
  }

  const items = [...hooks, ...earlier.keys()];
  const given = ({ weight, weightFrom }: Hook) => (weightFrom === undefined ? weight : undefined);
  const order = assignWeights({ items, earlier: (hook) => [...(earlier.get(hook) ?? [])], given });
  for (const problem of order.problems) {
    report(problem.kind === 'cycle' ? problem.members : [problem.later, problem.earlier, ...problem.between], describe(problem));
  }
  return { weights: order.weights, earlier, problems };
}
