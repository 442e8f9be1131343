import { goDurationSeconds } from '../vocabulary';
import { UsageError } from './usage-error';

/** Seconds of a duration that a flag was given. */
export function goDuration(text: string, flag: string, least = Number.MIN_VALUE): number {
  const seconds = goDurationSeconds(text);
  if (seconds === undefined || seconds < least) {
    throw new UsageError(`${flag} "${text}" is not a duration${least > 0 ? ' above zero' : ''}, such as 90s, 5m or 1h30m`);
  }
  return seconds;
}
