import { Channel, Cluster, ClusterError, ObjectHead, describeTarget } from '../../cluster';
import { Hook, RecordedHook, ReleaseRecord, Resource } from '../../release';
import { HookEventName, LifecycleError, ObjectRef } from '../../vocabulary';
import { LifecycleEvent } from '../lifecycle-event';
import { HookStep, Plan, PlanSteps } from '../plan';
import { Around } from './around';
import { JournalBook } from './journal-book';
import { Observer } from './observer';
import { RecordStore } from './record-store';
import { SecretsInUse } from './secrets-in-use';

/** An event before the time is put on it. */
export type Happening = LifecycleEvent extends infer Event ? (Event extends LifecycleEvent ? Omit<Event, 'at'> : never) : never;

/** A part of an operation: it tells what happens, and returns what it came to. */
export type Operation<T = void> = AsyncGenerator<Happening, T>;

/** What running hooks needs, whoever manages the resources around them. */
export interface HookContext {
  readonly plan: PlanSteps;
  readonly cluster: Cluster;
  readonly observer: Observer;
  /** What must not be written anywhere. */
  readonly secrets: SecretsInUse;
  readonly around: Around;
  /** Writes how far a hook has come into the release's record, if it has one. */
  readonly recordRun: (hook: Hook, run: RecordedHook['last_run']) => Promise<void>;
  /** What is written down of the hooks; absent where nobody keeps a journal. */
  journal?: JournalBook;
  /** The steps that have come to their own end so far, and whether they succeeded. */
  readonly ends: Map<HookStep, 'succeeded' | 'failed'>;
  /** What failed after what the operation has failed for. */
  readonly alsoFailed: LifecycleError[];
  /** The event whose hooks run. */
  hooksOf?: HookEventName;
  /** A hook that something hopeless keeps from running fails at once. */
  readonly failFast: boolean;
  /** Where the operation runs, as others are told. */
  readonly host: string;
  /** Aborted when the operation is to stop. */
  readonly interrupt: AbortSignal;
}

/** What every part of a running operation needs. */
export interface RunContext extends HookContext {
  readonly plan: Plan;
  readonly records: RecordStore;
  /** Takes the lock of the release, if it is not held yet, and names the revision in it. */
  readonly hold: () => Operation;
  /** The record of the plan's revision as it was written last. */
  record: ReleaseRecord;
  /** Why the operation is done, where it takes back one that failed: all that failed in it. */
  readonly takesBack?: readonly LifecycleError[];
  /** The resources that the operation has created so far. */
  readonly created: Resource[];
  /** What was there already of the resources that the operation is to create, and belongs to the release; by its identity. */
  readonly occupied: Map<string, ObjectHead>;
}

/** How many requests are under way where objects do not depend on each other: enough to hide the way to the server, few for its queues. */
export const AT_A_TIME = 8;

/** What says where objects of the release are. */
export interface Place extends Pick<RunContext, 'cluster'> {
  readonly plan: Pick<PlanSteps, 'namespace'>;
}

/** Where in the cluster an object of the release is: its own namespace, the release's, or none. */
export async function locate({ cluster, plan }: Place, ref: ObjectRef): Promise<ObjectRef> {
  const { apiVersion, kind, name, namespace = plan.namespace } = ref;
  const info = await cluster.kind(ref);
  if (!info) throw new ClusterError('unknown-kind', { verb: 'use', target: describeTarget(ref) }, `the cluster has no kind ${kind} in ${apiVersion}`);
  return info.namespaced ? { apiVersion, kind, name, namespace } : { apiVersion, kind, name };
}

/** Lets work that waits for several things at once tell of them as they happen. */
export async function* telling<T, E = Happening>(work: (tell: (happening: E) => void) => Promise<T>): AsyncGenerator<E, T> {
  const channel = new Channel<E>();
  const done = work((happening) => channel.push(happening)).then(
    (value) => (channel.close(), { value }),
    (error: unknown) => (channel.fail(error), undefined),
  );
  yield* channel;
  return (await done)!.value;
}
