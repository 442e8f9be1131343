import { hostname } from 'node:os';
import { LifecycleEvent, Outcome, PerformOptions } from '../lifecycle';
import { HookLogMode, filterHookLogs } from '../report';
import { goDuration } from './go-duration';
import { interruptSignal } from './interrupt';
import { OutputFormat, Streams } from './output';
import { Progress, openReporter } from './reporter';

/** Flags that say how an operation is run, and shown meanwhile. */
export interface RunFlags {
  readonly timeout: string;
  readonly failFast: boolean;
  readonly lockTimeout: string;
  readonly hookLogs?: HookLogMode;
  readonly output: OutputFormat;
  readonly progress: Progress;
}

/** What runs an operation and lets people watch. */
export interface Watching {
  readonly listener: (event: LifecycleEvent) => void;
  readonly options: PerformOptions;
  /** Tells what no event does. */
  readonly tell: (line: string) => void;
}

/** Runs operations as the flags say: their events are shown, and a signal interrupts them. What is wrong with the flags is told at once. */
export function watched(flags: RunFlags, streams: Streams): (work: (watching: Watching) => Promise<Outcome>) => Promise<Outcome> {
  const lockTimeoutSeconds = goDuration(flags.lockTimeout, '--lock-timeout', 0);
  return async (work) => {
    const reporter = openReporter(flags, streams);
    const interrupt = interruptSignal((line) => reporter.note(line));
    try {
      return await work({
        listener: filterHookLogs(flags.hookLogs ?? 'all', (event) => reporter.report(event)),
        options: { interrupt: interrupt.signal, failFast: flags.failFast, lockTimeoutSeconds, host: hostname() },
        tell: (line) => reporter.note(line),
      });
    } finally {
      interrupt.release();
      reporter.close();
    }
  };
}
