import { HookIdentity, LifecycleEvent, Outcome, PlanSummary, Verdict } from '../lifecycle';
import { ObjectRef, describeRef, linePrefix } from '../vocabulary';
import { hookKey } from './hook-key';
import { heldBy, recovery, retried } from './phrases';

/** Something that happened, in milliseconds since 1970. */
export interface TimelineNote {
  readonly at: number;
  readonly text: string;
}

/** A stretch of time. */
export interface Span {
  readonly since: number;
  until: number;
}

/** What a hook of the plan did. */
export interface TimelineHook extends HookIdentity {
  /** Absent where it was never begun. */
  since?: number;
  /** Absent while it runs, and where whatever ran it died. */
  end?: { readonly verdict: Verdict; readonly milliseconds: number };
  /** Why it counts as done without being run. */
  skipped?: string;
  /** Why it was run, where it would have been passed over if nothing had changed. */
  runsBecause?: string;
  /** Its attempts one after the other; there is more than one where it was run again. */
  readonly attempts: (Span & { failed: boolean })[];
  /** What it waited for, one after the other. */
  readonly waits: (TimelineNote & { readonly remedy?: string })[];
  /** What it printed last. */
  readonly lines: string[];
  /** Lines before those that are not kept. */
  dropped: number;
  /** The delete policy that removed its object. */
  deletedBy?: string;
}

/** What became of a resource. */
export type ResourceChange = Extract<LifecycleEvent, { kind: 'resource-applied' | 'resource-removed' }>['change'];

/** One operation of a stream, from its first event to its last. */
export interface TimelineOperation extends Span {
  /** Absent of what came before the first plan: the wait for the lock, the repair of what died. */
  plan?: PlanSummary;
  readonly notes: TimelineNote[];
  readonly before: TimelineHook[];
  readonly after: TimelineHook[];
  /** All of them, to find one by what an event says of it. */
  readonly hooks: Map<string, TimelineHook>;
  readonly changes: { readonly resource: ObjectRef; readonly change: ResourceChange }[];
  /** When resources were applied or deleted. */
  changing?: Span;
  /** When it was waited for resources. */
  waiting?: Span;
  /** Those that were not ready when it was told last. */
  unready: readonly { readonly resource: ObjectRef; readonly reason: string }[];
  readonly warnings: TimelineNote[];
  readonly seen: Set<LifecycleEvent['kind']>;
  end?: { readonly outcome: Outcome; readonly milliseconds: number };
}

/** Lines of a hook that are kept. */
export const KEPT_LINES = 200;

/** Characters of a line that are kept. */
const KEPT_CHARACTERS = 1000;

function hookOf({ event, hook, weight }: HookIdentity): TimelineHook {
  return { event, hook, weight, attempts: [], waits: [], lines: [], dropped: 0 };
}

function operationAt(at: number, plan?: PlanSummary): TimelineOperation {
  const [before, after] = [plan?.before ?? [], plan?.after ?? []].map((hooks) => hooks.map(hookOf));
  const hooks = new Map([...before, ...after].map((hook) => [hookKey(hook), hook]));
  return { plan, since: at, until: at, notes: [], before, after, hooks, changes: [], unready: [], warnings: [], seen: new Set() };
}

/** The operation whose plan is there now; what came before the plan is part of it. */
function planned(current: TimelineOperation, plan: PlanSummary): TimelineOperation {
  const { before, after, hooks } = operationAt(current.since, plan);
  return { ...current, plan, before: [...current.before, ...before], after, hooks: new Map([...current.hooks, ...hooks]) };
}

type Event<K extends LifecycleEvent['kind']> = Extract<LifecycleEvent, { kind: K }>;
type Handlers = { readonly [K in LifecycleEvent['kind']]: (current: TimelineOperation, event: Event<K>, at: number) => void };

/** The hook that an event is about. One that the plan has for a failure comes into the picture when it runs; any other is left from an operation that died. */
function hookIn(current: TimelineOperation, identity: HookIdentity): TimelineHook {
  const key = hookKey(identity);
  const known = current.hooks.get(key);
  if (known) return known;
  const hook = hookOf(identity);
  current.hooks.set(key, hook);
  const isPlanned = current.plan?.afterFailure.some((each) => hookKey(each) === key);
  (isPlanned ? current.after : current.before).push(hook);
  return hook;
}

function begun(current: TimelineOperation, identity: HookIdentity, at: number): TimelineHook {
  const hook = hookIn(current, identity);
  hook.since ??= at;
  return hook;
}

/** Keeps a line, and as many before it as are kept. */
function keep(hook: TimelineHook, line: string): void {
  hook.lines.push(line.slice(0, KEPT_CHARACTERS));
  if (hook.lines.length <= KEPT_LINES) return;
  hook.lines.shift();
  hook.dropped += 1;
}

/** Ends the attempt of a hook that runs. */
function ended(hook: TimelineHook, until: number, { kind }: Verdict): void {
  const attempt = hook.attempts.at(-1);
  if (attempt) Object.assign(attempt, { until, failed: kind !== 'succeeded' });
}

function changed(current: TimelineOperation, { resource, change }: Event<'resource-applied' | 'resource-removed'>, at: number): void {
  current.changes.push({ resource, change });
  current.changing ??= { since: current.until, until: at }; // what is told when it is done has begun when the step before it ended
  current.changing.until = at;
}

const HANDLERS: Handlers = {
  'operation-started': () => undefined,
  'lock-waiting': ({ notes }, event, at) => void notes.push({ at, text: heldBy(event) }),
  'recovered': ({ notes }, event, at) => void notes.push({ at, text: recovery(event) }),
  'namespace-created': ({ notes }, { namespace }, at) => void notes.push({ at, text: `created Namespace/${namespace}` }),
  'definition-created': ({ notes }, { definition }, at) => void notes.push({ at, text: `created ${describeRef(definition)}` }),
  'record-written': ({ notes }, { revision, status }, at) => void notes.push({ at, text: `revision ${revision} is recorded as ${status}` }),
  'records-deleted': ({ notes }, { revisions }, at) => void notes.push({ at, text: `the records of revisions ${revisions.join(', ')} are deleted` }),
  'hook-started': (current, event, at) => {
    const hook = begun(current, event, at);
    hook.attempts.push({ since: at, until: at, failed: false });
    hook.runsBecause ??= event.runsBecause;
  },
  'hook-skipped': (current, event) => {
    hookIn(current, event).skipped = event.reason;
  },
  'hook-waiting': (current, event, at) => {
    const { reason: text, remedy } = event;
    begun(current, event, at).waits.push({ at, text, ...(remedy === undefined ? {} : { remedy }) });
  },
  'hook-log': (current, event, at) => keep(begun(current, event, at), `${linePrefix(event.among, event)}${event.line}`),
  'hook-retried': (current, event, at) => {
    const hook = begun(current, event, at);
    ended(hook, at, event.verdict);
    keep(hook, `[${retried(event)}]`);
  },
  'hook-finished': (current, event, at) => {
    const { verdict, milliseconds } = event;
    const hook = begun(current, event, at);
    ended(hook, at, verdict);
    hook.end = { verdict, milliseconds };
  },
  'hook-deleted': (current, event, at) => {
    if (event.policy !== 'before-hook-creation') begun(current, event, at).deletedBy = event.policy;
  },
  'resource-applied': changed,
  'resource-removed': changed,
  'resources-waiting': (current, { waiting }, at) => {
    current.waiting ??= { since: at, until: at };
    current.unready = waiting;
  },
  'resources-ready': (current, { milliseconds }, at) => {
    current.waiting = { since: at - milliseconds, until: at };
    current.unready = [];
  },
  'warning': ({ warnings }, { message: text }, at) => void warnings.push({ at, text }),
  'operation-finished': (current, { outcome, milliseconds }) => {
    current.end = { outcome, milliseconds };
  },
};

/** Gathers the operations of a stream: what ran when, how it ended, and what it printed last. */
export class Timeline {
  readonly #operations: TimelineOperation[] = [];

  /** What has happened so far; one that takes another back comes after it. */
  get operations(): readonly TimelineOperation[] {
    return this.#operations;
  }

  /** Takes an event in. */
  report(event: LifecycleEvent): void {
    const at = Date.parse(event.at);
    const last = this.#operations.at(-1);
    if (event.kind === 'operation-started' && last && !last.plan) this.#operations[this.#operations.length - 1] = planned(last, event.plan);
    else if (event.kind === 'operation-started' || !last) this.#operations.push(operationAt(at, event.kind === 'operation-started' ? event.plan : undefined));
    const current = this.#operations.at(-1)!;
    (HANDLERS[event.kind] as (current: TimelineOperation, event: LifecycleEvent, at: number) => void)(current, event, at);
    current.until = at;
    // What is not ready is waited for until all is, or until the operation has ended.
    if (current.waiting && current.unready.length > 0) current.waiting.until = at;
    current.seen.add(event.kind);
  }
}
