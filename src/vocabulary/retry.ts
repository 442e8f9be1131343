import { RETRY } from './annotations';
import { goDurationSeconds } from './go-duration';
import { Annotations } from './hook-annotations';

/** When a hook that failed is run once more. */
export interface RetryPolicy {
  /** How often it is run at most, the first time included. */
  readonly attempts: number;
  /** The pause after the first failed attempt, in seconds; it doubles with each further one. */
  readonly backoffSeconds: number;
  /** What a container must have exited with; absent where anything but 0 will do. */
  readonly onExitCodes?: readonly number[];
}

/** Most runs of one hook: whoever needs more has something to mend. */
export const MAX_ATTEMPTS = 10;

/** The pause after the first failed attempt where none is given, in seconds. */
export const DEFAULT_BACKOFF = 1;

/** The longest pause, in seconds, however often it was doubled. */
export const LONGEST_BACKOFF = 300;

/** Where an annotation cannot be read. */
class Unreadable extends Error {}

function integer(text: string, lowest: number, highest: number, what: string): number {
  const number = /^\d{1,4}$/.test(text) ? Number(text) : NaN;
  if (!(number >= lowest && number <= highest)) throw new Unreadable(`${what} is "${text}", not a number from ${lowest} to ${highest}`);
  return number;
}

function backoff(text: string): number {
  const seconds = goDurationSeconds(text) ?? NaN;
  if (!(seconds > 0 && seconds <= LONGEST_BACKOFF)) throw new Unreadable(`backoff is "${text}", not a duration above zero of at most ${LONGEST_BACKOFF / 60}m`);
  return seconds;
}

const SETTINGS: Readonly<Record<string, (text: string) => Partial<RetryPolicy>>> = {
  attempts: (text) => ({ attempts: integer(text, 2, MAX_ATTEMPTS, 'attempts') }),
  backoff: (text) => ({ backoffSeconds: backoff(text) }),
  on: (text) => ({ onExitCodes: text.split('|').map((code) => integer(code.trim(), 1, 255, 'an exit code')) }),
};

function parse(text: string): RetryPolicy {
  const given = new Map<string, Partial<RetryPolicy>>();
  for (const part of text.split(',')) {
    const [key, value = ''] = part.split(/=(.*)/s).map((word) => word.trim());
    if (!Object.hasOwn(SETTINGS, key)) throw new Unreadable(`it says "${key}", which is none of ${Object.keys(SETTINGS).join(', ')}`);
    if (given.has(key)) throw new Unreadable(`it says ${key} twice`);
    given.set(key, SETTINGS[key](value));
  }
  const { attempts, ...rest }: Partial<RetryPolicy> = Object.assign({}, ...given.values());
  if (attempts === undefined) throw new Unreadable('it does not say how many attempts');
  return { attempts, backoffSeconds: DEFAULT_BACKOFF, ...rest };
}

/** What `cdk8s-lifecycle/retry` says, or why it cannot be read; nothing where it is absent. */
export function readRetry(annotations: Annotations): RetryPolicy | { readonly unreadable: string } | undefined {
  const text = annotations[RETRY];
  if (text === undefined) return undefined;
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { unreadable: error.message };
  }
}

/** The pause after so many failed attempts, in seconds. */
export function pauseAfterAttempt({ backoffSeconds }: RetryPolicy, failed: number): number {
  return Math.min(backoffSeconds * 2 ** (failed - 1), LONGEST_BACKOFF);
}

/** Whether a hook whose containers exited so is run once more. Where several failed, all of their codes must be chosen. */
export function isWorthRetrying({ onExitCodes }: RetryPolicy, exitCodes: readonly number[]): boolean {
  return exitCodes.length > 0 && exitCodes.every((code) => onExitCodes === undefined || onExitCodes.includes(code));
}
