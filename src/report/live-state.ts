import { HookIdentity, LifecycleEvent, Outcome, PlanSummary, Verdict } from '../lifecycle';
import { ObjectRef, describeRef, linePrefix } from '../vocabulary';
import { hookKey } from './hook-key';
import { heldBy, recovery, retried } from './phrases';

/** How far a hook has come; moments are in milliseconds since 1970. */
export type LiveProgress =
  | { readonly kind: 'pending' }
  | { readonly kind: 'running'; readonly since: number; /** From the second on. */ readonly attempt?: number; /** Why it was not passed over. */ readonly reason?: string }
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'waiting'; readonly since: number; readonly reason: string; readonly remedy?: string }
  | { readonly kind: 'finished'; readonly verdict: Verdict; readonly milliseconds: number; readonly deleted: boolean };

/** A run of a hook, and what it printed last. */
export interface LiveHook extends HookIdentity {
  readonly progress: LiveProgress;
  readonly logs: readonly string[];
}

/** What was done to a resource. */
export type LiveChange = Extract<LifecycleEvent, { kind: 'resource-applied' | 'resource-removed' }>['change'];

/** Something that is told above the hooks; one with a moment goes on since then. */
export interface LiveNote {
  readonly text: string;
  readonly since?: number;
}

/** What is known of one operation, or of what came before the first. */
export interface LiveSection {
  /** Absent before an operation has its plan: while it waits for the lock, or puts right what died. */
  readonly plan?: PlanSummary;
  readonly since: number;
  readonly notes: readonly LiveNote[];
  /** Those before the resources, in Helm's order. */
  readonly before: readonly LiveHook[];
  readonly after: readonly LiveHook[];
  readonly changes: readonly LiveChange[];
  readonly waiting: readonly { readonly resource: ObjectRef; readonly reason: string }[];
  readonly readyAfter?: number;
  readonly warnings: readonly string[];
  /** What no event tells, such as that a signal came. */
  readonly remarks: readonly string[];
  readonly seen: ReadonlySet<LifecycleEvent['kind']>;
  readonly ended?: { readonly outcome: Outcome; readonly milliseconds: number };
}

/** What the live view shows: the operations of a stream, one below the other. */
export type LiveState = readonly LiveSection[];

/** Lines of a hook that are kept; the engine gives as many with an error. */
const KEPT_LINES = 20;

/** Characters of a line that are kept. */
const KEPT_CHARACTERS = 2000;

function section(since: number, plan?: PlanSummary): LiveSection {
  const pending = (hook: HookIdentity): LiveHook => ({ ...hook, progress: { kind: 'pending' }, logs: [] });
  const { before = [], after = [] } = plan ?? {};
  const nothing = { notes: [], changes: [], waiting: [], warnings: [], remarks: [], seen: new Set<LifecycleEvent['kind']>() };
  return { ...nothing, plan, since, before: before.map(pending), after: after.map(pending) };
}

/** Changes one hook. One that the plan has for a failure comes into the picture when it runs; any other is left from an operation that died. */
function withHook(current: LiveSection, identity: HookIdentity, change: (hook: LiveHook) => LiveHook): LiveSection {
  const key = hookKey(identity);
  const changed = (hooks: readonly LiveHook[]) => hooks.map((hook) => (hookKey(hook) === key ? change(hook) : hook));
  const isPlanned = [...current.before, ...current.after].some((hook) => hookKey(hook) === key);
  if (isPlanned) return { ...current, before: changed(current.before), after: changed(current.after) };
  const { event, hook, weight } = identity;
  const when = current.plan?.afterFailure.some((each) => hookKey(each) === key) ? 'after' : 'before';
  return { ...current, [when]: [...current[when], change({ event, hook, weight, progress: { kind: 'pending' }, logs: [] })] };
}

function sinceOf({ progress }: LiveHook, at: number): number {
  return 'since' in progress ? progress.since : at;
}

function note(current: LiveSection, added: LiveNote): LiveSection {
  return { ...current, notes: [...current.notes, added] };
}

type Handlers = { readonly [K in LifecycleEvent['kind']]: (current: LiveSection, event: Extract<LifecycleEvent, { kind: K }>, at: number) => LiveSection };

const HANDLERS: Handlers = {
  'operation-started': (current) => current,
  'lock-waiting': (current, event, at) => note(current, { text: heldBy(event), since: at }),
  'recovered': (current, event) => note(current, { text: recovery(event) }),
  'namespace-created': (current, { namespace }) => note(current, { text: `created Namespace/${namespace}` }),
  'definition-created': (current, { definition }) => note(current, { text: `created ${describeRef(definition)}` }),
  'record-written': (current) => current,
  'records-deleted': (current) => current,
  'hook-started': (current, event, at) => withHook(current, event, (hook) => ({ ...hook, progress: { kind: 'running', since: at, attempt: event.attempt, reason: event.runsBecause } })),
  'hook-retried': (current, event, at) => withHook(current, event, (hook) => ({ ...hook, progress: { kind: 'waiting', since: at, reason: retried(event) } })),
  'hook-skipped': (current, event) => withHook(current, event, (hook) => ({ ...hook, progress: { kind: 'skipped', reason: event.reason } })),
  'hook-waiting': (current, event, at) => withHook(current, event, (hook) => {
    const { reason, remedy } = event;
    return { ...hook, progress: { kind: 'waiting', since: sinceOf(hook, at), reason, remedy } };
  }),
  'hook-log': (current, event, at) => withHook(current, event, (hook) => ({
    ...hook,
    // Whatever it waited for, it prints now.
    progress: hook.progress.kind === 'waiting' ? { kind: 'running', since: sinceOf(hook, at) } : hook.progress,
    logs: [...hook.logs, `${linePrefix(event.among, event)}${event.line}`.slice(0, KEPT_CHARACTERS)].slice(-KEPT_LINES),
  })),
  'hook-finished': (current, event) => withHook(current, event, (hook) => {
    const { verdict, milliseconds } = event;
    return { ...hook, progress: { kind: 'finished', verdict, milliseconds, deleted: false }, logs: verdict.kind === 'succeeded' ? [] : hook.logs };
  }),
  'hook-deleted': (current, event) =>
    withHook(current, event, (hook) => (hook.progress.kind === 'finished' ? { ...hook, progress: { ...hook.progress, deleted: true } } : hook)),
  'resource-applied': (current, { change }) => ({ ...current, changes: [...current.changes, change] }),
  'resource-removed': (current, { change }) => ({ ...current, changes: [...current.changes, change] }),
  'resources-waiting': (current, { waiting }) => ({ ...current, waiting }),
  'resources-ready': (current, { milliseconds }) => ({ ...current, waiting: [], readyAfter: milliseconds }),
  'warning': (current, { message }) => ({ ...current, warnings: [...current.warnings, `warning: ${message}`] }),
  'operation-finished': (current, { outcome, milliseconds }) => ({ ...current, ended: { outcome, milliseconds } }),
};

/** The state after one more event. An operation that starts gets a section below those before it. */
export function liveState(state: LiveState, event: LifecycleEvent): LiveState {
  const at = Date.parse(event.at);
  const starts = event.kind === 'operation-started';
  const earlier = starts ? state : state.slice(0, -1);
  const before = starts ? section(at, event.plan) : (state.at(-1) ?? section(at));
  const current = { ...before, notes: before.notes.map(({ text }) => ({ text })) }; // whatever went on, something else happens now
  const changed = (HANDLERS[event.kind] as (current: LiveSection, event: LifecycleEvent, at: number) => LiveSection)(current, event, at);
  return [...earlier, { ...changed, seen: new Set([...current.seen, event.kind]) }];
}

/** The state with a line that no event tells. */
export function liveStateWith(state: LiveState, text: string, now: number): LiveState {
  const current = state.at(-1) ?? section(now);
  return [...state.slice(0, -1), { ...current, remarks: [...current.remarks, text] }];
}
