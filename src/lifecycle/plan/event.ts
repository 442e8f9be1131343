import { Hook, HookSuccess, ReleaseClaim } from '../../release';
import { HookEventName, ON_FAILURE } from '../../vocabulary';
import { HookStep, OperationName, PlanSteps, RemoveStep, runsAlways } from './plan';
import { PlanSettings, settingsOf } from './plan-settings';
import { RefusedError } from './refused-error';
import { skipUnchanged, takenOver } from './skip-unchanged';
import { hookSteps, inOrder } from './steps';

/** The events at which hooks run around resources that somebody else manages. */
export const AROUND_EVENTS = [
  'pre-install', 'post-install', 'pre-upgrade', 'post-upgrade', 'pre-rollback', 'post-rollback', 'pre-delete', 'post-delete',
] as const satisfies readonly HookEventName[];

/** One of them. */
export type AroundEvent = (typeof AROUND_EVENTS)[number];

/** Who runs the hooks of a release whose resources are somebody else's. */
export interface Holder {
  /** Whose release it is, as people know it; the URN of a Pulumi resource. */
  readonly holder: string;
  /** Who runs the hooks before a change; it changes only when that one is replaced. */
  readonly opening: string;
  /** Who runs those after a change. */
  readonly closing: string;
  /** The change: the same for its pre-event and its post-event. */
  readonly run: string;
}

/** The hooks of one event, and of which release. */
export interface EventRequest extends Holder {
  readonly release: string;
  readonly namespace: string;
  readonly event: AroundEvent;
  /** Hooks of the release; those of the event run, in Helm's order. */
  readonly hooks: readonly Hook[];
  /**
   * Hooks of the manifests that a rollback leaves: what only they know.
   *
   * @default none
   */
  readonly left?: readonly Hook[];
  /**
   * What the journal of the last change knows of hooks that run only where something has changed.
   *
   * @default - nothing: each of them runs
   */
  readonly successes?: readonly HookSuccess[];
  /**
   * How they are run.
   *
   * @default - as Helm does it
   */
  readonly settings?: Partial<PlanSettings>;
}

/** The hooks of one event as a value, and what becomes of the claim on the release. */
export interface EventPlan {
  readonly event: AroundEvent;
  readonly steps: PlanSteps;
  /** The claim before the first hook. */
  readonly begin: ReleaseClaim;
  /** The claim once all have succeeded; absent where the release is gone then. */
  readonly end?: ReleaseClaim;
}

/** Why the hooks of an event are not run. */
export interface SkippedEvent {
  readonly skipped: string;
  /**
   * The claim from now on.
   *
   * @default - it stays as it is
   */
  readonly claim?: ReleaseClaim;
}

const OPERATIONS: Readonly<Record<string, OperationName>> = { install: 'install', upgrade: 'upgrade', rollback: 'rollback', delete: 'uninstall' };

/** The operation that an event is part of. */
export function operationOf(event: AroundEvent): OperationName {
  return OPERATIONS[event.slice(event.indexOf('-') + 1)];
}

/** The event after what began with an event. */
export function eventAfter(before: HookEventName): AroundEvent {
  return before.replace('pre-', 'post-') as AroundEvent;
}

/** Whether its hooks run once something has happened, not before it. */
export function isAfter(event: AroundEvent): boolean {
  return event.startsWith('post-');
}

/** Whether its hooks run around the end of a release, not around a change. */
export function isEnding(event: AroundEvent): boolean {
  return event.endsWith('-delete');
}

/** Says that a release is somebody else's. */
export function heldByAnother({ release, holder }: ReleaseClaim, namespace: string): RefusedError {
  return new RefusedError(
    `Release "${release}" in namespace ${namespace} belongs to another: ${holder}`,
    'Name the release otherwise. If its owner is the same and was renamed, say its old name (an alias in Pulumi, --owner on the command line); '
    + 'if its owner is gone for good, take it over (takeOwnership, --take-ownership).',
  );
}

function checkHolder(claim: ReleaseClaim | undefined, { namespace, holder, opening, settings }: EventRequest): void {
  if (!claim || claim.holder === holder || claim.opening === opening || settings?.takeOwnership) return;
  throw heldByAnother(claim, namespace);
}

/** A holder that was replaced must not end what its successor runs. */
function successor(claim: ReleaseClaim | undefined, { event, opening, closing }: EventRequest): string | undefined {
  const replaced = claim && (claim.opening !== opening || (event === 'pre-delete' && claim.closing !== undefined && claim.closing.id !== closing));
  return replaced ? `${event} hooks do not run: the release lives on, what is deleted here was replaced` : undefined;
}

/** The hooks of an event; of a rollback also those of the manifests that it leaves. */
function hooksAt(event: AroundEvent, { hooks, left = [] }: EventRequest, settings: PlanSettings): HookStep[] {
  const ofLeft = event.endsWith('-rollback') ? hookSteps(settings, left, `${event}-from-source` as HookEventName) : [];
  return inOrder([...hookSteps(settings, hooks, event), ...ofLeft]);
}

/** A change whose pre-event was run, too: what has succeeded in its revision is its own. */
function isOpened(claim: ReleaseClaim | undefined, { event, run }: EventRequest): boolean {
  return isAfter(event) && claim?.opened?.run === run;
}

function stepsOf(claim: ReleaseClaim | undefined, request: EventRequest, revision: number): PlanSteps {
  const { release, namespace, event, hooks } = request;
  const settings = settingsOf(request.settings ?? {});
  const operation = operationOf(event);
  const successes = takenOver(hooks, request);
  const all = hooksAt(event, request, settings);
  const steps = operation === 'upgrade' ? skipUnchanged(all, { namespace, successes, revision: isOpened(claim, request) ? revision : Infinity }) : all;
  // Nobody calls the post-event of a change that its pre-event has kept from happening: what runs there in any case runs then.
  const always = isAfter(event) ? [] : hooksAt(eventAfter(event), request, settings).filter(runsAlways);
  return {
    operation,
    event,
    release,
    namespace,
    revision,
    settings,
    definitions: [],
    before: isAfter(event) ? [] : steps,
    apply: [],
    remove: [] as readonly RemoveStep[],
    after: isAfter(event) ? steps : [],
    afterFailure: inOrder([...hookSteps(settings, hooks, ON_FAILURE), ...always]),
    // What a rollback or a deletion leaves of what hooks have done, nobody knows.
    ...(operation === 'install' ? {} : { successes: operation === 'upgrade' ? successes : [] }),
  };
}

/**
 * The hooks of one event of a release whose resources are somebody else's.
 *
 * @param claim what the cluster knows of the release
 * @throws RefusedError where the release is somebody else's
 */
export function planEvent(claim: ReleaseClaim | undefined, request: EventRequest): EventPlan | SkippedEvent {
  const { release, event, holder, opening, closing, run } = request;
  const ends = isEnding(event);
  const skipped = ends ? successor(claim, request) : undefined;
  if (skipped !== undefined) return { skipped };
  checkHolder(claim, request);
  if (isAfter(event) && !ends && claim?.closing?.run === run && claim.closing.state === 'succeeded') {
    // Whoever asks for them now has taken the place of who ran them: a deletion is theirs.
    return { skipped: `${event} hooks do not run: they have succeeded for this very change`, claim: { ...claim, closing: { ...claim.closing, id: closing } } };
  }
  const revision = isAfter(event) || ends ? (claim?.revision ?? 1) : (claim?.revision ?? 0) + 1;
  const opened = isAfter(event) || ends ? {} : { opened: { event, run } };
  const held: ReleaseClaim = { installed: false, ...claim, ...opened, schema: 1, release, holder, opening, revision };
  const plan = { event, steps: stepsOf(claim, request, revision) };
  if (event === 'post-delete') return { ...plan, begin: held };
  // What follows is undone by now: if the release stays after all, the hooks after a change have to run once more.
  if (event === 'pre-delete') return { ...plan, begin: held, end: { ...held, closing: undefined } };
  if (!isAfter(event)) return { ...plan, begin: held, end: held };
  const begin: ReleaseClaim = { ...held, closing: { id: closing, run, state: 'begun' } };
  return { ...plan, begin, end: { ...begin, installed: true, closing: { id: closing, run, state: 'succeeded' } } };
}
