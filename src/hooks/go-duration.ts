import { Duration } from 'cdk8s';

/** A duration as the runner reads it. */
export function goDuration(duration: Duration): string {
  const seconds = duration.toSeconds({ integral: false });
  return Number.isInteger(seconds) ? `${seconds}s` : `${duration.toMilliseconds()}ms`;
}
