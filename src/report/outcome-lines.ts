import { HookFailedError, LifecycleEvent, Outcome, PlanSummary } from '../lifecycle';
import { LifecycleError } from '../vocabulary';
import { aftermath } from './aftermath';
import { duration } from './duration';
import { GREEN, Line, RED, paint } from './part';
import { subject } from './plan-text';

const RESULTS: Readonly<Record<Outcome['operation'], (revision: number, plan: PlanSummary) => string>> = {
  install: (revision) => `revision ${revision} is deployed`,
  upgrade: (revision) => `revision ${revision} is deployed`,
  rollback: (revision) => `revision ${revision} is deployed`,
  uninstall: (_revision, { settings }) => (settings.keepHistory ? 'release is gone, its history is kept' : 'release is gone'),
  test: (_revision, { before }) => (before.length === 0 ? 'there are no tests to run' : `${before.length} ${before.length === 1 ? 'test has' : 'tests have'} passed`),
};

function resultOf({ operation, revision }: Outcome, plan: PlanSummary, seen: ReadonlySet<LifecycleEvent['kind']>): string {
  if (plan.event === undefined) return RESULTS[operation](revision, plan);
  const count = plan.before.length + plan.after.length;
  if (count === 0) return 'there are none';
  if (seen.has('hook-skipped')) return `${count} ${count === 1 ? 'is' : 'are'} done`; // of which some did not run
  return `${count} ${count === 1 ? 'has' : 'have'} run`;
}

/** What an error says, what the hook printed last that it tells of, and what to do. */
function errorLines(error: LifecycleError, prefix = ''): string[] {
  const lastLines = error instanceof HookFailedError ? error.lastLines : [];
  return [
    ...`${prefix}${error.message}`.split('\n'),
    ...(lastLines.length > 0 ? ['The last lines it printed:', ...lastLines.map((line) => `  ${line}`)] : []),
    ...(error.remedy ? [error.remedy] : []),
  ];
}

/** How an operation ended: what came of it, or why it failed, what the failing hook printed last, and what to do. */
export function outcomeLines(outcome: Outcome, milliseconds: number, plan: PlanSummary, seen: ReadonlySet<LifecycleEvent['kind']>): Line[] {
  const { status, error, alsoFailed = [] } = outcome;
  const time = duration(milliseconds);
  if (status === 'succeeded') {
    return [[`${subject(plan)}: `, paint(GREEN, 'succeeded'), `, ${resultOf(outcome, plan, seen)}  ${time}`]];
  }
  const text = [
    ...errorLines(error!),
    ...alsoFailed.flatMap((each) => errorLines(each, 'After that: ')),
    ...aftermath(plan, outcome, seen),
  ];
  return [[`${subject(plan)}: `, paint(RED, status), `  ${time}`], ...text.map((line) => [`  ${line}`])];
}
