import { LifecycleError, ObjectRef, describeRef, messageOf } from '../../vocabulary';
import { HookIdentity } from '../lifecycle-event';
import { Verdict, describeVerdict } from '../verdict';

/** What is known of a hook that did not succeed. */
interface HookFailure extends Pick<HookFailedError, 'created' | 'lastLines'> {
  /** Which attempt was its last. */
  readonly attempt?: number;
  /** Hooks beside it that failed, too. */
  readonly others?: readonly HookFailedError[];
}

/** A hook did not succeed. */
export class HookFailedError extends LifecycleError {
  readonly hook: HookIdentity;
  readonly verdict: Verdict;
  readonly milliseconds: number;
  /** Which attempt was its last. */
  readonly attempt: number;
  /** What its containers printed last. */
  readonly lastLines: readonly string[];
  /** Whether its object was created at all. */
  readonly created: boolean;
  /** Hooks that ran beside it and failed after it; the message tells of them, too. */
  readonly others: readonly HookFailedError[];

  constructor(hook: HookIdentity, verdict: Verdict, milliseconds: number, { created, lastLines, attempt = 1, others = [] }: HookFailure) {
    const time = `after ${(milliseconds / 1000).toFixed(1)} s${attempt > 1 ? ` and ${attempt} attempts` : ''}`;
    const message = `Hook ${hook.event} ${describeRef(hook.hook)} ${describeVerdict(verdict)} (${time})`;
    super('hook-failed', [message, ...others.map((other) => other.message)].join('\n'), { remedy: 'remedy' in verdict ? verdict.remedy : undefined });
    this.hook = hook;
    this.verdict = verdict;
    this.milliseconds = milliseconds;
    this.attempt = attempt;
    this.created = created;
    this.lastLines = lastLines;
    this.others = others;
  }

  /** The same failure with those of hooks that ran beside it. */
  and(others: readonly HookFailedError[]): HookFailedError {
    return new HookFailedError(this.hook, this.verdict, this.milliseconds, { ...this, others });
  }
}

/** Some resources could not be applied or deleted. */
export class ResourcesFailedError extends LifecycleError {
  readonly failures: readonly { readonly resource: ObjectRef; readonly error: unknown }[];

  constructor(failures: readonly { readonly resource: ObjectRef; readonly error: unknown }[]) {
    super('apply-failed', failures.map(({ error }) => messageOf(error)).join('\n'), {
      remedy: failures.map(({ error }) => (error instanceof LifecycleError ? error.remedy : undefined)).find((remedy) => remedy !== undefined),
      cause: failures[0]?.error,
    });
    this.failures = failures;
  }
}

/** A wait took longer than it may. */
export class TimeoutError extends LifecycleError {
  constructor(seconds: number, what: string) {
    super('timeout', `Timed out after ${seconds} s waiting for ${what}`, { remedy: 'Find out what holds it (kubectl describe), or allow more time with --timeout.' });
  }
}

/** The operation was told to stop. */
export class InterruptedError extends LifecycleError {
  constructor() {
    super('interrupted', 'The operation was interrupted');
  }
}
