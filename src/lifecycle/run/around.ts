import { ObjectRef } from '../../vocabulary';
import { PlanSteps } from '../plan';

/** Resources of the release that hooks run before, or after: what a hook misses may be among them. */
export interface Around {
  /** Those that are applied after the pre-hooks. */
  readonly applied: readonly ObjectRef[];
  /** Those that are deleted before the post-hooks. */
  readonly removed: readonly ObjectRef[];
  /** The operation goes on no further: what has not been applied by now will not be. */
  readonly isOver?: true;
}

/** What an operation applies and deletes between its hooks. */
export function aroundHooks({ apply, remove }: Pick<PlanSteps, 'apply' | 'remove'>): Around {
  return {
    applied: apply.map(({ resource }) => resource.ref),
    removed: remove.filter(({ action }) => action === 'delete').map(({ resource }) => resource.ref),
  };
}
