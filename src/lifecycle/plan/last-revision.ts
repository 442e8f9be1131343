import { History, ReleaseRecord, lastOf } from '../../release';
import { Plan } from './plan';
import { PlanOptions } from './plan-options';
import { settingsOf } from './plan-settings';
import { RefusedError } from './refused-error';

/** The last revision of a release that must be there, whatever its status. */
export function lastRevision(history: History, { release, namespace }: Pick<PlanOptions, 'release' | 'namespace'>): ReleaseRecord {
  const last = lastOf(history);
  if (last) return last;
  throw new RefusedError(`There is no release "${release}" in namespace ${namespace}`, 'Name the right namespace with -n; helm list -A shows all releases.');
}

/** A plan that works on a revision and leaves everything as it is: what an operation does is added to it. */
export function planOn(record: ReleaseRecord, options: PlanOptions): Omit<Plan, 'operation'> {
  const { release, namespace } = options;
  const { version } = record;
  const nothing = { definitions: [], before: [], apply: [], remove: [], after: [], afterFailure: [], supersede: [], forget: [] };
  return { release, namespace, revision: version, from: version, settings: settingsOf(options), record, ...nothing };
}
