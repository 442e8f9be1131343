import { hostname } from 'node:os';
import { OperationName, Plan, PlanOptions, PlanSettings, performWith, summarize } from '../lifecycle';
import { CheckedManifests, History, ReleaseContent, checkManifests, splitManifests } from '../release';
import { HookLogMode, filterHookLogs, planText, printableJson } from '../report';
import { synthesize } from './app';
import { EXIT, exitCodeOfOutcome } from './exit-codes';
import { goDuration } from './go-duration';
import { interruptSignal } from './interrupt';
import { ManifestInput, readManifestFiles } from './manifest-files';
import { OutputFormat, Streams } from './output';
import { Progress, openReporter } from './reporter';
import { ConnectionFlags, Session, checkReleaseName, withSession } from './session';
import { UsageError } from './usage-error';

/** Flags of the commands that plan an operation. */
export interface OperationFlags extends ConnectionFlags {
  readonly app?: string;
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
  readonly replace?: boolean;
  readonly keepHistory?: boolean;
  readonly cascade?: PlanSettings['cascade'];
  readonly deleteHookObjects?: boolean;
  readonly timeout: string;
  readonly failFast: boolean;
  readonly lockTimeout: string;
  readonly hookLogs?: HookLogMode;
  readonly dryRun?: boolean;
  readonly output: OutputFormat;
  readonly progress: Progress;
}

/** The manifests that the arguments and flags name; no server is asked for them. */
export function readInput(paths: readonly string[], { app }: { readonly app?: string }): ManifestInput {
  if (app !== undefined && paths.length > 0) throw new UsageError('--app and manifests exclude each other: name one of them');
  if (app === undefined && paths.length === 0) throw new UsageError('no manifests: name files or folders, - for standard input, or --app COMMAND');
  return app === undefined ? readManifestFiles(paths) : synthesize(app);
}

/** Manifests in which nothing is wrong, and the chart they come from. */
export interface CheckedInput extends Pick<ManifestInput, 'chart'> {
  readonly manifests: CheckedManifests;
}

/** The same, checked before a cluster is even looked for. */
export function readChecked(paths: readonly string[], flags: { readonly app?: string }): CheckedInput {
  const { files, chart } = readInput(paths, flags);
  return { manifests: checkManifests(files), chart };
}

/** What a planner is given. */
export interface Planning {
  readonly history: History;
  readonly options: PlanOptions;
  /** The manifests of the input; none where the operation takes them from the history. */
  readonly content: ReleaseContent;
}

/** What a command does with a plan. */
export interface Operation {
  readonly operation: OperationName;
  readonly release: string;
  readonly flags: OperationFlags;
  /** Absent where the operation takes its manifests from the history. */
  readonly input?: CheckedInput;
  readonly planner: (planning: Planning) => Plan;
  readonly streams: Streams;
}

function historyMax(value = '10'): number {
  if (!/^[0-9]{1,9}$/.test(value)) throw new UsageError(`--history-max (or HELM_MAX_HISTORY) is a number of revisions, 0 for all, not ${JSON.stringify(value)}`);
  return Number(value);
}

/** Reads the flags and the name of an operation: what is wrong with them is told before a cluster is looked for. */
function optionsOf({ release, flags, input }: Operation): Omit<PlanOptions, 'namespace'> {
  checkReleaseName(release);
  return {
    ...flags,
    release,
    timeoutSeconds: goDuration(flags.timeout, '--timeout'),
    historyMax: historyMax(flags.historyMax ?? process.env.HELM_MAX_HISTORY),
    rollbackOnFailure: flags.rollbackOnFailure || flags.atomic,
    chart: input?.chart,
  };
}

/** Reads everything else that the planner needs but the history, before a server is asked. */
function plannerFor({ input, planner }: Operation, options: Omit<PlanOptions, 'namespace'>, { namespace }: Session): (history: History) => Plan {
  const content = input ? splitManifests(input.manifests, namespace) : { definitions: [], hooks: [], resources: [] };
  return (history) => planner({ history, options: { ...options, namespace }, content });
}

/** Writes a plan, and says whether it would change anything. */
export function showPlan(plan: Plan, output: OutputFormat, { out }: Streams): boolean {
  const summary = summarize(plan);
  out(output === 'json' ? printableJson(summary, 2) : planText(summary));
  const changes = [...plan.apply, ...plan.remove].filter(({ action }) => !['none', 'keep'].includes(action));
  return [...plan.definitions, ...plan.before, ...plan.after, ...changes].length > 0;
}

/** Plans an operation and shows it. */
export async function preview(operation: Operation): Promise<boolean> {
  const options = optionsOf(operation);
  return withSession(operation.release, operation.flags, async (session) =>
    showPlan(plannerFor(operation, options, session)(await session.history()), operation.flags.output, operation.streams), operation.streams);
}

/** Plans an operation and makes it happen; with --dry-run only shows it. */
export async function operate(operation: Operation): Promise<number> {
  const { release, flags, streams } = operation;
  if (flags.dryRun) {
    await preview(operation);
    return EXIT.done;
  }
  const planOptions = optionsOf(operation);
  const lockTimeoutSeconds = goDuration(flags.lockTimeout, '--lock-timeout', 0);
  return withSession(release, flags, async (session) => {
    const { cluster, namespace } = session;
    const request = { operation: operation.operation, release, namespace, plan: plannerFor(operation, planOptions, session) };
    const reporter = openReporter(flags, streams);
    const interrupt = interruptSignal((line) => reporter.note(line));
    try {
      const options = { interrupt: interrupt.signal, failFast: flags.failFast, lockTimeoutSeconds, host: hostname() };
      return exitCodeOfOutcome(await performWith(request, cluster, filterHookLogs(flags.hookLogs ?? 'all', (event) => reporter.report(event)), options));
    } finally {
      interrupt.release();
      reporter.close();
    }
  });
}
