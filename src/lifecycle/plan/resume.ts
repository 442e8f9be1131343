import { History, Journal, ReleaseRecord, isPending, recordedContent, recordedHooks } from '../../release';
import { HookEventName, ObjectRef, describeRef } from '../../vocabulary';
import { planInstall } from './install';
import { lastRevision } from './last-revision';
import { HookStep, Plan, runsAlways } from './plan';
import { PlanOptions } from './plan-options';
import { RefusedError, ReleaseLockedError } from './refused-error';
import { skipDone } from './skip-done';
import { skipUnchanged } from './skip-unchanged';
import { difference, hookSteps, resourcesInCluster } from './steps';
import { planUpgrade } from './upgrade';

const PLANNERS = { install: planInstall, upgrade: planUpgrade } as const;

/** An operation that can go on where it failed: it makes a revision of manifests that people give. */
export type Resumable = keyof typeof PLANNERS;

/** What is known of a revision that failed, beyond its record. */
export interface Resumption {
  /** Which operations people want to go on with. */
  readonly operations: readonly Resumable[];
  /** How far its hooks have come; absent where it has no journal of ours. */
  readonly journal?: Journal;
  /** Takes the values of Secrets out of a text. */
  readonly mask: (text: string) => string;
}

/** `revision 2 of release "web"` */
export function describeRevision({ name, version }: ReleaseRecord): string {
  return `revision ${version} of release "${name}"`;
}

/** Whether an operation of a journal can be gone on with at all. */
export function isResumable(operation: string | undefined): operation is Resumable {
  return operation !== undefined && operation in PLANNERS;
}

function without(options: PlanOptions): string {
  return `Leave out --resume to begin a new revision: cdk8s-lifecycle upgrade ${options.release} … -n ${options.namespace}`;
}

function failedRevision(history: History, options: PlanOptions): ReleaseRecord {
  const last = lastRevision(history, options);
  if (isPending(last)) throw new ReleaseLockedError(options.release, last.version, last.info.status);
  if (last.info.status === 'failed') return last;
  throw new RefusedError(`There is nothing to resume: ${describeRevision(last)} is ${last.info.status}`, without(options));
}

/** The operation that made the revision, if it can be gone on with, and is meant. */
function operationOf(failed: ReleaseRecord, { journal, operations }: Resumption, options: PlanOptions): Resumable {
  const { release, namespace } = options;
  const revision = `Revision ${failed.version} of release "${failed.name}"`;
  const operation = journal?.operation;
  if (!journal || operation === undefined) {
    throw new RefusedError(`${revision} cannot be resumed: it failed before its first hook, or helm made it, so nothing says which of its hooks have succeeded`, without(options));
  }
  if (journal.hooks.some(({ event }) => event.endsWith('-delete'))) {
    throw new RefusedError(`${revision} cannot be resumed: an uninstall has begun since it failed`, `Finish it: cdk8s-lifecycle uninstall ${release} -n ${namespace}`);
  }
  if (!isResumable(operation)) {
    throw new RefusedError(`${revision} cannot be resumed: it is of ${operation === 'uninstall' ? 'an' : 'a'} ${operation}`, `Only an install and an upgrade go on where they failed. ${without(options)}`);
  }
  if (operations.includes(operation)) return operation;
  throw new RefusedError(
    `${revision} is of an ${operation}, not of an ${operations.join(' or ')}`,
    `Go on with: cdk8s-lifecycle ${operation} ${release} --resume -n ${namespace}`,
  );
}

/** That what runs in any case has run since, and may have taken back what is not done again, such as a page that a Job has put up. */
function takenBack(before: readonly HookStep[], after: readonly HookStep[], { hooks }: Journal): string[] {
  const names = (steps: readonly HookStep[]) => steps.map(({ hook: { ref } }) => describeRef(ref)).join(', ');
  const hasRun = ({ event, hook: { ref } }: HookStep) => hooks.some((run) => run.state === 'succeeded' && run.event === event && describeRef(run.hook) === describeRef(ref));
  const since = after.filter((step) => runsAlways(step) && hasRun(step));
  const kept = before.filter(({ skip }) => skip !== undefined && skip.uid === undefined && skip.unchanged === undefined);
  if (since.length === 0 || kept.length === 0) return [];
  return [`${names(since)} has run since the failure; what that took back of ${names(kept)} is not done again`];
}

/**
 * Goes on with the last revision, which failed: the same number, the same manifests, and of its hooks those that have not succeeded yet.
 *
 * It is planned as it was the first time, without the revision itself; but what that may have left in the cluster is known.
 */
export function planResume(history: History, resumption: Resumption, options: PlanOptions): Plan {
  const failed = failedRevision(history, options);
  const operation = operationOf(failed, resumption, options);
  const { hooks, resources } = recordedContent(failed);
  const past = history.filter(({ record }) => record.version < failed.version);
  const journal = resumption.journal!;
  const plan = PLANNERS[operation](past, { definitions: [], hooks, resources }, { ...options, replace: true, successes: journal.successes });
  const { status, description } = plan.record.info;
  const before = skipDone(plan.before, journal);
  const warnings = [...(plan.warnings ?? []), ...takenBack(before, plan.after, journal)];
  return {
    ...plan,
    ...(warnings.length === 0 ? {} : { warnings }),
    revision: failed.version,
    resumes: true,
    before,
    ...difference(options.namespace, resourcesInCluster(history), resources),
    after: skipDone(plan.after, journal),
    record: { ...failed, info: { ...failed.info, status, description }, apply_method: 'ssa' },
  };
}

/** The Jobs and Pods among steps that do not run again. */
export function hooksSkipped(steps: readonly HookStep[]): ObjectRef[] {
  return steps.filter(({ skip }) => skip && skip.uid === undefined && !skip.unchanged?.inputs.length).map(({ hook }) => hook.ref);
}

/** How a revision that failed would go on. */
export interface ResumeOutlook {
  readonly operation: Resumable;
  /** The hooks that would not run again. */
  readonly skips: readonly ObjectRef[];
}

/** How the last revision of a release would go on; nothing where it cannot. */
export function resumeOutlook(last: ReleaseRecord, journal: Journal | undefined): ResumeOutlook | undefined {
  const operation = journal?.operation;
  if (!journal || last.info.status !== 'failed' || !isResumable(operation)) return undefined;
  const known = { namespace: last.namespace, revision: last.version, successes: journal.successes };
  const steps = ['pre', 'post'].map((when) => {
    const all = hookSteps({ hooks: true }, recordedHooks(last), `${when}-${operation}` as HookEventName);
    return operation === 'upgrade' ? skipUnchanged(all, known) : all;
  });
  return { operation, skips: hooksSkipped(steps.flatMap((each) => skipDone(each, journal))) };
}
