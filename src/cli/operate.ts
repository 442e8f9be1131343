import { retrying } from '../cluster';
import {
  Held, OperationName, Outcome, Plan, PlanOptions, PlanSettings, PlanSteps, Planner, Resumable, SavedPlan,
  checkClaim, checkSavedPlan, findResumption, performWith, planFromSource, planResumeFrom, readSavedPlan, savedPlan, summarize, withSuccesses,
} from '../lifecycle';
import { History } from '../release';
import { planText, printable, printableJson } from '../report';
import { AppOptions } from './app';
import { CheckedInput, contentSource } from './content-source';
import { EXIT, exitCodeOfOutcome } from './exit-codes';
import { goDuration } from './go-duration';
import { InputFlags } from './input';
import { readText } from './manifest-files';
import { OutputFormat, Streams } from './output';
import { parallelism } from './parallelism';
import { ConnectionFlags, Session, checkReleaseName, withSession } from './session';
import { UsageError } from './usage-error';
import { RunFlags, watched } from './watched';

/** Flags of the commands that plan an operation. */
export interface OperationFlags extends ConnectionFlags, InputFlags, RunFlags {
  readonly createNamespace?: boolean;
  readonly hooks?: boolean;
  readonly wait?: boolean;
  readonly waitForJobs?: boolean;
  readonly historyMax?: string;
  readonly rollbackOnFailure?: boolean;
  /** Helm 3's name of it. */
  readonly atomic?: boolean;
  readonly cleanupOnFail?: boolean;
  readonly takeOwnership?: boolean;
  readonly forceConflicts?: boolean;
  readonly acceptDataLoss?: boolean;
  readonly replace?: boolean;
  readonly keepHistory?: boolean;
  readonly cascade?: PlanSettings['cascade'];
  readonly deleteHookObjects?: boolean;
  readonly dryRun?: boolean;
  /** A file with a plan that is done exactly so, or not at all. */
  readonly plan?: string;
}

/** How a command plans: from content that its input gives, as a revision that goes on, or from the history alone. */
export type Planning =
  | { readonly input: CheckedInput; readonly planner: Planner; readonly resumes?: undefined }
  | { readonly input?: CheckedInput; readonly resumes: readonly Resumable[] }
  | { readonly input?: undefined; readonly planner: (history: History, options: PlanOptions) => Plan; readonly resumes?: undefined };

/** What a command does with a plan. */
export type Operation = Planning & {
  readonly operation: OperationName;
  readonly release: string;
  readonly flags: OperationFlags;
  readonly streams: Streams;
};

function historyMax(value = '10'): number {
  if (!/^[0-9]{1,9}$/.test(value)) throw new UsageError(`--history-max (or HELM_MAX_HISTORY) is a number of revisions, 0 for all, not ${JSON.stringify(value)}`);
  return Number(value);
}

/** Reads the flags and the name of an operation: what is wrong with them is told before a cluster is looked for. */
function optionsOf({ release, flags: { values: _files, ...flags } }: Operation): Omit<PlanOptions, 'namespace'> {
  checkReleaseName(release);
  return {
    ...flags,
    release,
    timeoutSeconds: goDuration(flags.timeout, '--timeout'),
    parallelism: parallelism(flags.parallelism),
    historyMax: historyMax(flags.historyMax ?? process.env.HELM_MAX_HISTORY),
    rollbackOnFailure: flags.rollbackOnFailure || flags.atomic,
  };
}

/** How a plan is made, from the history alone or with what the input gives. */
function plannerFor(operation: Operation, chosen: Omit<PlanOptions, 'namespace'>, session: Session, running: AppOptions = {}) {
  const { namespace, release } = session;
  const { flags: { kubeconfig, context, takeOwnership } } = operation;
  const options = { ...chosen, namespace };
  const cluster = retrying(session.cluster);
  const surroundings = { namespace, kubeconfig, context, takeOwnership, ...running };
  const sourceOf = (input: CheckedInput) => withSuccesses(contentSource(input, surroundings), cluster);
  if (operation.resumes) {
    const { resumes } = operation;
    const source = operation.input && sourceOf(operation.input);
    return async (history: History, held?: Held) =>
      planResumeFrom(source, history, await findResumption(cluster, { release, namespace }, history, resumes), options, held);
  }
  if (!operation.input) {
    const { planner } = operation;
    return (history: History) => Promise.resolve(planner(history, options));
  }
  const { planner } = operation;
  const source = sourceOf(operation.input);
  return (history: History, held?: Held) => planFromSource(planner, history, source, options, held);
}

/** What the chart says to its users after it was deployed, as helm prints it; with JSON it stands in the last event. */
function showNotes({ notes }: Outcome, { output }: OperationFlags, { out }: Streams): void {
  if (notes === undefined || output === 'json') return;
  for (const line of ['', 'NOTES:', ...notes.trimEnd().split(/\r?\n/)]) out(printable(line));
}

/** Writes a plan, and says whether it would change anything. */
export function showPlan(plan: PlanSteps, output: OutputFormat, { out }: Streams): boolean {
  const summary = summarize(plan);
  out(output === 'json' ? printableJson(summary, 2) : planText(summary));
  const changes = [...plan.apply, ...plan.remove].filter(({ action }) => !['none', 'keep'].includes(action));
  const runs = [...plan.before, ...plan.after].filter(({ skip }) => skip === undefined);
  return [...plan.definitions, ...runs, ...changes].length > 0;
}

/**
 * Plans an operation and shows it.
 *
 * @param keep gets the plan, to keep it for later
 */
export async function preview(operation: Operation, keep?: (plan: SavedPlan) => void): Promise<boolean> {
  const options = optionsOf(operation);
  const check = savedCheck(operation.flags);
  return withSession(operation.release, operation.flags, async (session) => {
    const history = await session.history();
    await checkClaim(session.cluster, session, history);
    const plan = await plannerFor(operation, options, session)(history);
    check(plan, history);
    keep?.(savedPlan(plan, history, session.cluster.clock.now().toISOString()));
    return showPlan(plan, operation.flags.output, operation.streams);
  }, operation.streams);
}

/** Holds plans against the one that --plan names. The file is read now: what is wrong with it is told before a cluster is looked for. */
function savedCheck({ plan: file }: OperationFlags): (plan: Plan, history: History) => void {
  if (file === undefined) return () => undefined;
  const saved = readSavedPlan(readText(file), file);
  return (plan, history) => checkSavedPlan(saved, plan, history, file);
}

/** Plans an operation and makes it happen; with --dry-run only shows it. */
export async function operate(operation: Operation): Promise<number> {
  const { release, flags, streams } = operation;
  if (flags.dryRun) {
    await preview(operation);
    return EXIT.done;
  }
  const planOptions = optionsOf(operation);
  const check = savedCheck(flags);
  const run = watched(flags, streams);
  return withSession(release, flags, async (session) => {
    const { cluster, namespace } = session;
    const outcome = await run(({ listener, options, tell }) => {
      const running = { interrupt: options.interrupt, tell };
      const planner = plannerFor(operation, planOptions, session, running);
      const plan = async (history: History, held?: Held) => {
        const planned = await planner(history, held);
        check(planned, history);
        return planned;
      };
      const request = { operation: operation.operation, release, namespace, plan };
      return performWith(request, cluster, listener, options);
    });
    showNotes(outcome, flags, streams);
    return exitCodeOfOutcome(outcome);
  });
}
