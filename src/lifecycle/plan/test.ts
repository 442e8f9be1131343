import { History, recordedHooks } from '../../release';
import { closest } from '../../vocabulary';
import { lastRevision, planOn } from './last-revision';
import { HookStep, Plan } from './plan';
import { PlanOptions } from './plan-options';
import { RefusedError } from './refused-error';
import { hookSteps, inOrder } from './steps';

/** Which tests of a release run, by the names of their hooks. */
export interface TestFilter {
  /** Only these; all where there is none. */
  readonly only: readonly string[];
  /** Never these. */
  readonly except: readonly string[];
}

/** Helm runs nothing for a name that it does not know, and calls that a success. */
function checkNames({ only, except }: TestFilter, steps: readonly HookStep[], release: string): void {
  const names = steps.map(({ hook }) => hook.ref.name);
  for (const name of [...only, ...except]) {
    if (names.includes(name)) continue;
    const near = closest(name, names);
    throw new RefusedError(
      `Release "${release}" has no test "${name}"`,
      near === undefined ? `Its tests are: ${names.join(', ') || 'none'}.` : `Did you mean "${near}"?`,
    );
  }
}

/** The tests of the last revision, whatever its status. */
export function planTest(history: History, filter: TestFilter, options: PlanOptions): Plan {
  const last = lastRevision(history, options);
  const plan = planOn(last, options);
  const steps = hookSteps(plan.settings, recordedHooks(last), 'test');
  checkNames(filter, steps, options.release);
  const isWanted = ({ hook: { ref: { name } } }: HookStep) =>
    (filter.only.length === 0 || filter.only.includes(name)) && !filter.except.includes(name);
  return { ...plan, operation: 'test', before: inOrder(steps.filter(isWanted)) };
}
