import { Outcome } from '../outcome';
import { hooksSkipped, isResumable, skipDone } from '../plan';
import { RunContext } from './run-context';

/** What would not run again if the failed operation went on; nothing where it cannot, or is taken back. */
export function resumable({ plan, journal, records }: Pick<RunContext, 'plan' | 'journal' | 'records'>): Pick<Outcome, 'resume'> {
  if (!isResumable(plan.operation) || plan.onFailure || !journal || records.get(plan.revision)?.info.status !== 'failed') return {};
  return { resume: { skips: hooksSkipped([plan.before, plan.after].flatMap((each) => skipDone(each, journal))) } };
}
