import { pauseAfter } from './backoff';
import { Clock } from './clock';
import { ClusterError, isClusterError } from './cluster-error';
import { Interruption } from './interruption';

/** An answer of 500 may come from a webhook that starts or a database that elects its leader, or be the server's last word. In milliseconds. */
const PATIENCE_WITH_ERRORS = 5_000;

/** How long a call may still be tried once the operation is to stop, in milliseconds. */
const PATIENCE_IN_A_HURRY = 1_000;

/** Whether a server has ever answered: one that never did has probably the wrong address. */
export interface Contact {
  answered: boolean;
}

/** How long a cluster is asked again. */
export interface Persistence {
  /**
   * Longest time from the first try of a call to its last, in milliseconds.
   *
   * @default 30000
   */
  readonly patience?: number;

  /**
   * Shared by those who talk to the same server.
   *
   * @default - nobody has talked to it yet
   */
  readonly contact?: Contact;

  /**
   * Once it is aborted, nothing is tried for long.
   *
   * @default - never
   */
  readonly interrupt?: AbortSignal;
}

/** A call, which is told whether an earlier try of it may have taken effect. */
export type Call<Result> = (unsure: boolean) => Promise<Result>;

/** Only a server that is too busy says for sure that it has not even begun. */
function mayHaveTakenEffect(error: unknown): boolean {
  return !isClusterError(error) || error.status !== 429;
}

/**
 * Makes calls until they are answered: a server that is busy, that has an error, or that cannot be reached although it could before, is asked again.
 *
 * It waits longer each time, and at least as long as the server asks for.
 */
export function persistent(clock: Clock, persistence: Persistence) {
  const { patience = 30_000, contact = { answered: false }, interrupt = new AbortController().signal } = persistence;
  const interruption = new Interruption(interrupt);
  const patienceWith = (error: ClusterError): number => {
    if (interrupt.aborted) return Math.min(patience, PATIENCE_IN_A_HURRY);
    return error.status === 500 ? Math.min(patience, PATIENCE_WITH_ERRORS) : patience;
  };
  /** How long to wait before the next try; nothing where there is none. */
  const pause = (error: unknown, begun: number, failures: number): number | undefined => {
    if (!isClusterError(error, 'unavailable', 'unreachable') || (error.reason === 'unreachable' && !contact.answered)) return undefined;
    const milliseconds = Math.max(pauseAfter(failures), (error.retryAfterSeconds ?? 0) * 1000);
    return clock.now().getTime() + milliseconds - begun > patienceWith(error) ? undefined : milliseconds;
  };
  return async <Result>(call: Call<Result>): Promise<Result> => {
    const begun = clock.now().getTime();
    let unsure = false;
    for (let failures = 1; ; failures += 1) {
      try {
        const result = await call(unsure);
        contact.answered = true;
        return result;
      } catch (error) {
        contact.answered ||= isClusterError(error) && error.status !== undefined;
        const milliseconds = pause(error, begun, failures);
        if (milliseconds === undefined) throw error;
        unsure ||= mayHaveTakenEffect(error);
        await (interrupt.aborted ? clock.sleep(milliseconds) : interruption.during((signal) => clock.sleep(milliseconds, signal)));
      }
    }
  };
}
