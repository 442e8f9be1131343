import { JobScript } from '../cluster/simulated';
import { Named, guess, meantBy, nameOf } from './found-hook';
import { HookOutcome } from './hook-outcome';
import { Assertion, MismatchError } from './mismatch-error';

/** What happens in the container of a Job or a Pod, and whether somebody deletes it meanwhile. */
export interface ContainerScript extends JobScript {
  /** When the object is deleted, counted from the start of its container, such as `2s`. */
  readonly deletedAfter?: string;
}

/** The outcomes of hooks by their names, and how often each has come. */
export class OutcomeScript {
  readonly #outcomes = new Map<string, HookOutcome>();
  readonly #starts = new Map<string, number>();

  /** Says what happens in a hook from now on. */
  set(name: string, outcome: HookOutcome): void {
    this.#outcomes.set(name, outcome);
    for (const key of [...this.#starts.keys()]) if (key.startsWith(`${name}|`)) this.#starts.delete(key);
  }

  /** What happens in the container of a Job or a Pod that starts now. */
  start(job: Named): ContainerScript {
    const names = [...this.#outcomes.keys()];
    const byObject = names.find((name) => meantBy(name, [{ ref: job.ref }]).length > 0);
    const name = byObject ?? names.find((each) => meantBy(each, [job]).length > 0);
    return name === undefined ? {} : this.#play(this.#outcomes.get(name)!, `${name}|${job.ref.name}`);
  }

  /**
   * Every name is that of a Job or a Pod: a script for a hook that there is not would test nothing.
   *
   * @throws MismatchError where one is not
   */
  check(jobs: readonly Named[], below: Assertion): void {
    for (const name of this.#outcomes.keys()) {
      if (meantBy(name, jobs).length > 0) continue;
      const message = `An outcome is scripted for "${name}", but the release has no such Job or Pod.${guess(name, jobs)}`;
      throw new MismatchError(message, jobs.length === 0 ? [] : ['Its Jobs and Pods:', ...jobs.map((job) => `  ${nameOf(job)}`)], below);
    }
  }

  #play(outcome: HookOutcome, key: string): ContainerScript {
    switch (outcome.kind) {
      case 'exits':
        return { for: outcome.after, exitCode: outcome.exitCode, logs: outcome.logs };
      case 'never-ends':
        return { for: 'ever', logs: outcome.logs };
      case 'is-deleted':
        return { for: 'ever', logs: outcome.logs, deletedAfter: outcome.after };
      case 'in-turn': {
        const starts = this.#starts.get(key) ?? 0;
        this.#starts.set(key, starts + 1);
        return this.#play(outcome.outcomes[Math.min(starts, outcome.outcomes.length - 1)], `${key}|${starts}`);
      }
    }
  }
}
