import { Duration } from 'cdk8s';
import { sampleText } from '../tokens';
import { RETRY, RetryPolicy, readRetry } from '../vocabulary';
import { goDuration } from './go-duration';
import { HookRetry } from './hook-retry';

/** A retry as the runner reads it. What it would refuse is refused here; values of a chart count as their defaults. */
export function retryAnnotation({ attempts, backoff, onExitCodes }: HookRetry): string {
  const codes = onExitCodes === undefined ? [] : [`on=${onExitCodes.join('|')}`];
  const text = [`attempts=${attempts}`, ...(backoff === undefined ? [] : [`backoff=${goDuration(backoff)}`]), ...codes].join(',');
  const policy = readRetry({ [RETRY]: sampleText(text) });
  if (policy && 'unreadable' in policy) throw new Error(`retry: ${policy.unreadable}`);
  return text;
}

/** The retry of a policy. */
export function hookRetry({ attempts, backoffSeconds, onExitCodes }: RetryPolicy): HookRetry {
  const backoff = Duration.millis(Math.round(backoffSeconds * 1000));
  return { attempts, backoff, ...(onExitCodes === undefined ? {} : { onExitCodes: [...onExitCodes] }) };
}
