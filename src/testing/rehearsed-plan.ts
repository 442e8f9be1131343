import { HookSummary, PlanSummary, SavedPlan } from '../lifecycle';
import { planText } from '../report';
import { HookEventName } from '../vocabulary';
import { Named } from './found-hook';
import { holds, quoted, sequenceMismatch } from './hook-sequence';
import { Assertion, MismatchError } from './mismatch-error';

/** A hook that a plan runs. */
export interface PlannedHook extends Named {
  readonly event: HookEventName;
  readonly weight: number;
}

/**
 * What an operation would do, and what a test expects of that. The operation that gets it as its `plan` does exactly so, or is refused.
 *
 * An expectation that holds returns the plan, so that the next can follow; the first that does not throws a {@link MismatchError} with the whole plan.
 */
export class RehearsedPlan {
  /** The plan as a value: what `plan -o json` prints. */
  readonly summary: PlanSummary;
  /** What people see of it in the terminal, line by line. */
  readonly report: readonly string[];
  /** The hooks that would run, in their order; those that would be skipped are not among them. */
  readonly hooks: readonly PlannedHook[];
  /** What `plan --out` keeps of it. */
  readonly saved: SavedPlan;
  readonly #skipped: readonly PlannedHook[];

  constructor(saved: SavedPlan, named: (ref: Named['ref']) => Named) {
    const { plan } = saved;
    this.saved = saved;
    this.summary = plan;
    this.report = planText(plan).split('\n');
    const all = [...plan.before, ...plan.after];
    const planned = ({ event, weight, hook }: HookSummary): PlannedHook => ({ event, weight, ...named(hook) });
    this.hooks = all.filter(({ skip }) => skip === undefined).map(planned);
    this.#skipped = all.filter(({ skip }) => skip !== undefined).map(planned);
  }

  /**
   * These hooks would run in this order, and no others.
   *
   * @param names objects, `Kind/name`, or constructs of the chart, each with the event before it where it matters: `pre-upgrade migrate`; none where nothing runs
   * @throws MismatchError where others would run, or in another order
   */
  runs(...names: readonly string[]): this {
    const wrong = sequenceMismatch(names, this.hooks, { runs: 'runs', runsNot: 'does not run' });
    if (wrong !== undefined) throw this.#mismatch(`to run ${names.join(', ') || 'no hook'}, but ${wrong}.`, this.runs);
    return this;
  }

  /**
   * These hooks would be skipped, in this order, and no others.
   *
   * @param names objects, `Kind/name`, or constructs of the chart; none where all run
   * @throws MismatchError where others would be
   */
  skips(...names: readonly string[]): this {
    const wrong = sequenceMismatch(names, this.#skipped, { runs: 'skips', runsNot: 'does not skip' });
    if (wrong !== undefined) throw this.#mismatch(`to skip ${names.join(', ') || 'no hook'}, but ${wrong}.`, this.skips);
    return this;
  }

  /**
   * People are shown this.
   *
   * @param text a part of the report, or an expression that matches it
   * @throws MismatchError where the report has no such text
   */
  shows(text: string | RegExp): this {
    if (!holds(this.report.join('\n'), text)) throw this.#mismatch(`to show ${quoted(text)}, but it does not.`, this.shows);
    return this;
  }

  #mismatch(expected: string, below: Assertion): MismatchError {
    const { operation, release } = this.summary;
    return new MismatchError(`Expected the plan of ${operation} ${release} ${expected}`, ['The plan:', ...this.report.map((line) => `  ${line}`)], below);
  }
}
