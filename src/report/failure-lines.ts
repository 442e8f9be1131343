import { HookFailedError, describeVerdict } from '../lifecycle';
import { LifecycleError } from '../vocabulary';
import { hookKey } from './hook-key';
import { outcomeLines } from './outcome-lines';
import { lineText } from './part';
import { TimelineHook, TimelineOperation } from './timeline';

/** Lines of a hook that are shown with its failure; the engine gives as many with an error. */
const LAST_LINES = 20;

/** Why an operation did not succeed, what the failing hook printed last, and what to do. */
export function failureLines({ plan, end, seen }: TimelineOperation): string[] {
  if (!plan || !end) return ['It was not seen to end: the process that ran it died.'];
  if (end.outcome.status === 'succeeded') return [];
  return outcomeLines(end.outcome, end.milliseconds, plan, seen).slice(1).map((line) => lineText(line, false).replace(/^ {2}/, ''));
}

/** Whether the operation ended as it did because of this hook, or with it. */
function isCause({ end }: TimelineOperation, hook: TimelineHook): boolean {
  const error = end?.outcome.error;
  if (end?.outcome.status === 'interrupted') return hook.end?.verdict.kind === 'interrupted';
  return error instanceof HookFailedError && hookKey(error.hook) === hookKey(hook);
}

/** Why a hook did not succeed, with what it printed last. Where the operation ended for it, with all that is said of that. */
export function hookFailureLines(operation: TimelineOperation, hook: TimelineHook): string[] {
  if (isCause(operation, hook)) return failureLines(operation);
  if (!hook.end) return ['It was not seen to end: the process that ran it died.'];
  const { verdict } = hook.end;
  const remedy = 'remedy' in verdict && verdict.remedy !== undefined ? [verdict.remedy] : [];
  const lines = hook.lines.slice(-LAST_LINES).map((line) => `  ${line}`);
  return [describeVerdict(verdict), ...(lines.length > 0 ? ['The last lines it printed:', ...lines] : []), ...remedy];
}

/** Why no operation was begun, and what to do. */
export function refusalLines({ message, remedy }: LifecycleError): string[] {
  return [...message.split('\n'), ...(remedy === undefined ? [] : [remedy])];
}
