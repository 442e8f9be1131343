import { HookIdentity, LifecycleEvent, OperationName, Verdict } from '../lifecycle';
import { ReportFormat, TextReporter, openReport } from '../report';
import { LifecycleError, describeRef } from '../vocabulary';
import { Named } from './found-hook';
import { holds, quoted, sequenceMismatch } from './hook-sequence';
import { Assertion, MismatchError } from './mismatch-error';

/** What an operation came to: as its outcome says, or that it was refused before it began, or that its runner was killed. */
export type RehearsedResult = 'succeeded' | 'failed' | 'interrupted' | 'refused' | 'killed';

/** A hook that ran in an operation. */
export interface RanHook extends HookIdentity, Named {
  /** Absent where the runner was killed before it had one. */
  readonly verdict?: Verdict['kind'];
}

/** What is known of an operation when it is over. */
export interface OperationFacts {
  readonly operation: OperationName;
  readonly release: string;
  readonly result: RehearsedResult;
  /** Why it did not succeed. */
  readonly error?: LifecycleError;
  readonly events: readonly LifecycleEvent[];
  /** How many calls of the API server the runner made; watches and logs are none. */
  readonly calls: number;
  /** How long it took, by the cluster's clock, in milliseconds. */
  readonly milliseconds: number;
}

/** What the terminal report says, line by line, and what the command line adds where an operation is refused. */
function reportOf({ events, result, error }: OperationFacts): string[] {
  const lines: string[] = [];
  const reporter = new TextReporter({ write: (line) => lines.push(line) });
  for (const event of events) reporter.report(event);
  if (result !== 'refused') return lines;
  return [...lines, ...`error: ${error!.message}`.split('\n'), ...(error!.remedy === undefined ? [] : [`  ${error!.remedy}`])];
}

function hooksOf(events: readonly LifecycleEvent[], named: (ref: Named['ref']) => Named): RanHook[] {
  const ran: RanHook[] = [];
  for (const event of events) {
    const { kind } = event;
    if (kind === 'hook-started') ran.push({ event: event.event, hook: event.hook, weight: event.weight, ...named(event.hook) });
    if (kind !== 'hook-finished') continue;
    const index = ran.findIndex((each) => each.event === event.event && describeRef(each.hook) === describeRef(event.hook) && !each.verdict);
    if (index >= 0) ran[index] = { ...ran[index], verdict: event.verdict.kind };
  }
  return ran;
}

/**
 * An operation that was rehearsed, and what a test expects of it.
 *
 * An expectation that holds returns the operation, so that the next can follow; the first that does not throws a {@link MismatchError} with all that the
 * operation has reported.
 */
export class RehearsedOperation implements OperationFacts {
  readonly operation: OperationName;
  readonly release: string;
  readonly result: RehearsedResult;
  readonly error?: LifecycleError;
  readonly events: readonly LifecycleEvent[];
  readonly calls: number;
  readonly milliseconds: number;
  /** What people see of it in the terminal, line by line. */
  readonly report: readonly string[];
  /** The hooks that ran, in the order in which they began. */
  readonly hooks: readonly RanHook[];

  constructor(facts: OperationFacts, named: (ref: Named['ref']) => Named) {
    this.operation = facts.operation;
    this.release = facts.release;
    this.result = facts.result;
    this.error = facts.error;
    this.events = facts.events;
    this.calls = facts.calls;
    this.milliseconds = facts.milliseconds;
    this.report = reportOf(facts);
    this.hooks = hooksOf(facts.events, named);
  }

  /**
   * It did all that it was to do.
   *
   * @throws MismatchError where it did not
   */
  succeeded(): this {
    return this.#came('succeeded', undefined, this.succeeded);
  }

  /**
   * It began, and failed.
   *
   * @param why what the error says, or a part of it
   * @throws MismatchError where it did not fail, or for another reason
   */
  failed(why?: string | RegExp): this {
    return this.#came('failed', why, this.failed);
  }

  /**
   * It did not begin: it does not fit the release, or another one is in the middle of it.
   *
   * @param why what the error says, or a part of it
   * @throws MismatchError where it began, or for another reason
   */
  refused(why?: string | RegExp): this {
    return this.#came('refused', why, this.refused);
  }

  /**
   * It was interrupted, as by Ctrl-C: the hook that ran was stopped.
   *
   * @throws MismatchError where it was not
   */
  interrupted(): this {
    return this.#came('interrupted', undefined, this.interrupted);
  }

  /**
   * Its runner was killed.
   *
   * @throws MismatchError where it was not
   */
  killed(): this {
    return this.#came('killed', undefined, this.killed);
  }

  /**
   * These hooks ran in this order, whatever came of them, and no others did.
   *
   * @param names objects, `Kind/name`, or constructs of the chart, each with the event before it where it matters: `pre-upgrade migrate`; none where nothing ran
   * @throws MismatchError where others ran, or in another order
   */
  ran(...names: readonly string[]): this {
    const wrong = sequenceMismatch(names, this.hooks, { runs: 'ran', runsNot: 'never ran' });
    if (wrong !== undefined) throw this.#mismatch(`Expected ${this.#what} to run ${names.length === 0 ? 'no hook' : names.join(', ')}, but ${wrong}.`, this.ran);
    return this;
  }

  /**
   * People were told this.
   *
   * @param text a part of the report, or an expression that matches it
   * @throws MismatchError where the report has no such text
   */
  reported(text: string | RegExp): this {
    if (!holds(this.report.join('\n'), text)) throw this.#mismatch(`Expected ${this.#what} to report ${quoted(text)}, but it did not.`, this.reported);
    return this;
  }

  /** What `--report` writes of it into a file: `junit`, `json` (an event a line) or `html`. */
  reportAs(format: ReportFormat): string {
    const written: string[] = [];
    const report = openReport(format, (text) => written.push(text));
    for (const event of this.events) report.report(event);
    report.close(this.result === 'refused' ? this.error : undefined);
    return written.join('');
  }

  get #what(): string {
    return `${this.operation} ${this.release}`;
  }

  #came(expected: RehearsedResult, why: string | RegExp | undefined, below: Assertion): this {
    const because = this.error ? `: ${this.error.message}` : '';
    if (this.result !== expected) throw this.#mismatch(`Expected ${this.#what} to end ${expected}, but it ${ended(this.result)}${because}`, below);
    if (why === undefined || holds(this.error!.message, why)) return this;
    throw this.#mismatch(`Expected ${this.#what} to end ${expected} with ${quoted(why)}, but it said: ${this.error!.message}`, below);
  }

  #mismatch(message: string, below: Assertion): MismatchError {
    return new MismatchError(message, this.report.length === 0 ? [] : ['What it reported:', ...this.report.map((line) => `  ${line}`)], below);
  }
}

function ended(result: RehearsedResult): string {
  return result === 'succeeded' || result === 'failed' ? result : `was ${result}`;
}
