import { hostname } from 'node:os';
import { LifecycleEvent, Outcome, PerformOptions } from '../lifecycle';
import { HookLogMode, filterHookLogs, printable } from '../report';
import { LifecycleError } from '../vocabulary';
import { goDuration } from './go-duration';
import { interruptSignal } from './interrupt';
import { OutputFormat, Streams } from './output';
import { ReportFile, openReportFiles, tryReportFiles } from './report-file';
import { ReportRequest } from './report-request';
import { Progress, openReporter } from './reporter';

/** Flags that say how an operation is run, and shown meanwhile. */
export interface RunFlags {
  readonly timeout: string;
  readonly parallelism?: string;
  readonly failFast: boolean;
  readonly lockTimeout: string;
  readonly hookLogs?: HookLogMode;
  readonly output: OutputFormat;
  readonly progress: Progress;
  readonly report?: readonly ReportRequest[];
}

/** What runs an operation and lets people watch. */
export interface Watching {
  readonly listener: (event: LifecycleEvent) => void;
  readonly options: PerformOptions;
  /** Tells what no event does. */
  readonly tell: (line: string) => void;
}

/** Does what is reported, and ends the reports, whatever comes of it. */
async function reported<T>(files: readonly ReportFile[], work: () => Promise<T>): Promise<T> {
  let refusal: LifecycleError | undefined;
  try {
    return await work();
  } catch (error) {
    if (error instanceof LifecycleError) refusal = error;
    throw error;
  } finally {
    for (const file of files) file.close(refusal);
  }
}

/**
 * Runs operations as the flags say: their events are shown and reported, and a signal interrupts them. What is wrong with the flags is told at once.
 *
 * Reports hold every line of a hook, whatever is shown of them.
 */
export function watched(flags: RunFlags, streams: Streams): (work: (watching: Watching) => Promise<Outcome>) => Promise<Outcome> {
  const lockTimeoutSeconds = goDuration(flags.lockTimeout, '--lock-timeout', 0);
  tryReportFiles(flags.report ?? []);
  return async (work) => {
    const reporter = openReporter(flags, streams);
    const interrupt = interruptSignal((line) => reporter.note(line));
    try {
      const files = openReportFiles(flags.report ?? [], (line) => reporter.note(printable(line)));
      const show = filterHookLogs(flags.hookLogs ?? 'all', (event) => reporter.report(event));
      return await reported(files, () => work({
        listener: (event) => {
          for (const file of files) file.report(event);
          show(event);
        },
        options: { interrupt: interrupt.signal, failFast: flags.failFast, lockTimeoutSeconds, host: hostname() },
        tell: (line) => reporter.note(line),
      }));
    } finally {
      interrupt.release();
      reporter.close();
    }
  };
}
