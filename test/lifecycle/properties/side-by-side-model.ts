/*
 * When hooks of one event run that declare their order, and which objects of them are left: written from docs/runner.md ("Hooks side by side"), as a table of
 * who waits for whom and a clock, and with nothing of the engine in it.
 */

/** A hook as it is written: a ConfigMap is made in no time and never fails. */
export interface OrderedHook {
  readonly kind: 'Job' | 'ConfigMap';
  readonly name: string;
  readonly weight: number;
  /** The hooks that it was said to run after, `Kind/name`, be they there or not; nothing where nothing was said. */
  readonly after?: readonly string[];
  /** How long its container runs, in seconds. */
  readonly seconds: number;
  readonly fails: boolean;
  readonly policies: readonly string[];
}

/** When a hook began and ended, in milliseconds since the first began, and how. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly verdict: 'succeeded' | 'failed';
}

/** What became of hooks. */
export interface SideBySide {
  /** Those that were started, by their names. */
  readonly ran: Readonly<Record<string, Stretch>>;
  /** `Job/a by hook-succeeded`, in order. */
  readonly deleted: readonly string[];
}

/** Between the creation of a Job and the start of its container, on the simulated cluster, in milliseconds. */
const BEGINNING = 1000;

/** Milliseconds that a container runs. No two hooks end at one moment: which of them comes first would decide what starts next. */
export function runsFor(hook: OrderedHook, hooks: readonly OrderedHook[]): number {
  return hook.seconds * 1000 + 2 ** hooks.indexOf(hook);
}

const nameOf = ({ kind, name }: OrderedHook) => `${kind}/${name}`;

/** Weight, then name byte by byte; of one name the ConfigMap is first. */
function inOrder(hooks: readonly OrderedHook[]): OrderedHook[] {
  const compare = (a: string | number, b: string | number) => (a < b ? -1 : a > b ? 1 : 0);
  return [...hooks].sort((a, b) => compare(a.weight, b.weight) || compare(a.name, b.name) || compare(a.kind, b.kind));
}

/** Whether a hook may only start when an earlier one of the order has succeeded. */
function waits(order: readonly OrderedHook[], later: number, earlier: number): boolean {
  const alone = order.slice(earlier, later + 1).some(({ after }) => after === undefined);
  return alone || order[later].after!.includes(nameOf(order[earlier]));
}

/** Runs hooks by the clock. */
export function sideBySide(hooks: readonly OrderedHook[], atOnce: number): SideBySide {
  const order = inOrder(hooks);
  const ran: Record<string, Stretch> = {};
  const isOver = (hook: OrderedHook, now: number) => ran[nameOf(hook)] !== undefined && ran[nameOf(hook)].to <= now;
  for (let now = 0; ;) {
    const failed = order.some((hook) => isOver(hook, now) && hook.fails);
    const mayStart = (hook: OrderedHook, place: number) =>
      ran[nameOf(hook)] === undefined && order.slice(0, place).every((earlier, index) => isOver(earlier, now) || !waits(order, place, index));
    const running = order.filter((hook) => ran[nameOf(hook)]?.to > now).length;
    const next = failed || running >= atOnce ? undefined : order.find(mayStart);
    if (next) {
      const to = now + (next.kind === 'Job' ? BEGINNING + runsFor(next, hooks) : 0);
      ran[nameOf(next)] = { from: now, to, verdict: next.fails ? 'failed' : 'succeeded' };
      continue;
    }
    const ends = Object.values(ran).map(({ to }) => to).filter((to) => to > now);
    if (ends.length === 0) break;
    now = Math.min(...ends);
  }
  return { ran, deleted: deletions(order, ran) };
}

/** After a success in reverse; after a failure those that failed, then the others, in order. */
function deletions(order: readonly OrderedHook[], ran: Readonly<Record<string, Stretch>>): string[] {
  const ended = (verdict: Stretch['verdict']) => order.filter((hook) => ran[nameOf(hook)]?.verdict === verdict);
  const by = (policy: string, some: readonly OrderedHook[]) => some.filter(({ policies }) => policies.includes(policy)).map((hook) => `${nameOf(hook)} by ${policy}`);
  const failed = ended('failed');
  return failed.length === 0 ? by('hook-succeeded', ended('succeeded').reverse()) : [...by('hook-failed', failed), ...by('hook-succeeded', ended('succeeded'))];
}
