import { HookFailedError, LifecycleEvent, Outcome, PlanSummary } from '../lifecycle';
import { aftermath } from './aftermath';
import { duration } from './duration';
import { GREEN, Line, RED, paint } from './part';

/** How an operation ended: what came of it, or why it failed, what the failing hook printed last, and what to do. */
export function outcomeLines(outcome: Outcome, milliseconds: number, plan: PlanSummary, seen: ReadonlySet<LifecycleEvent['kind']>): Line[] {
  const { operation, release, revision, status, error } = outcome;
  const time = duration(milliseconds);
  if (status === 'succeeded') {
    const result = operation === 'uninstall' ? 'release is gone' : `revision ${revision} is deployed`;
    return [[`${operation} ${release}: `, paint(GREEN, 'succeeded'), `, ${result}  ${time}`]];
  }
  const lastLines = error instanceof HookFailedError ? error.lastLines : [];
  const text = [
    ...error!.message.split('\n'),
    ...(lastLines.length > 0 ? ['The last lines it printed:', ...lastLines.map((line) => `  ${line}`)] : []),
    ...(error!.remedy ? [error!.remedy] : []),
    ...aftermath(plan, outcome, seen),
  ];
  return [[`${operation} ${release}: `, paint(RED, status), `  ${time}`], ...text.map((line) => [`  ${line}`])];
}
