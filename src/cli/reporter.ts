import { LifecycleEvent } from '../lifecycle';
import { JsonReporter, LiveReporter, TextReporter } from '../report';
import { OutputFormat, Streams } from './output';
import { UsageError } from './usage-error';

/** How an operation is shown while it runs. */
export type Progress = 'auto' | 'plain' | 'live';

/** Whoever shows an operation. */
export interface OperationReporter {
  report(event: LifecycleEvent): void;
  /** Tells what the command itself has to say meanwhile. */
  note(line: string): void;
  close(): void;
}

/** The reporter that the flags ask for: with `auto` the live view where people watch a terminal, else plain lines. */
export function openReporter(flags: { readonly output: OutputFormat; readonly progress: Progress }, streams: Streams): OperationReporter {
  const { output, progress } = flags;
  const { out, err, colour, terminal, unattended = false } = streams;
  const lines = { note: err, close: () => undefined };
  if (output === 'json') {
    if (progress === 'live') throw new UsageError('--progress live and --output json exclude each other: JSON is for programs');
    const reporter = new JsonReporter(out);
    return { ...lines, report: (event) => reporter.report(event) };
  }
  if (progress === 'live' && !terminal) throw new UsageError('--progress live needs a terminal: standard output is none, or one that cannot move its cursor (TERM=dumb)');
  if (terminal && (progress === 'live' || (progress === 'auto' && !unattended))) return new LiveReporter({ terminal, colour });
  const reporter = new TextReporter({ write: out, colour });
  return { ...lines, report: (event) => reporter.report(event) };
}
