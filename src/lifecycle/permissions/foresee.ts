import { History, ReleaseContent, ReleaseRecord, StoredRecord, isPending, lastOf, withStatus } from '../../release';
import {
  OperationName, Plan, PlanOptions, RefusedError, planInstall, planRollback, planTest, planUndo, planUninstall, planUpgrade,
} from '../plan';

/** What is to be foreseen of a release. */
export interface Outlook {
  readonly operations: readonly OperationName[];
  /** What its revisions were so far. */
  readonly history: History;
  /** What its next revision will be; absent where none is to come. */
  readonly content?: ReleaseContent;
  readonly options: PlanOptions;
}

function store(record: ReleaseRecord): StoredRecord {
  return { record, labels: {} };
}

/** The plan, where the release as it stands has one. */
function attempt(make: () => Plan | undefined): Plan[] {
  try {
    const plan = make();
    return plan ? [plan] : [];
  } catch (error) {
    if (error instanceof RefusedError) return [];
    throw error;
  }
}

/** A plan, and what takes it back if it fails. */
export function withUndo(plan: Plan, history: History): Plan[] {
  const failed = store(withStatus(plan.record, 'failed'));
  return [plan, ...attempt(() => planUndo(plan, [...history.filter(({ record }) => record.version !== plan.revision), failed]))];
}

/**
 * The plans of operations as they may come: on the release as it is, and once the given manifests are its next revision.
 *
 * @returns nothing where there is neither history nor content for an operation
 */
export function foresee({ operations, history, content, options }: Outlook): Plan[] {
  // The next operation makes a failed revision of one that died.
  const past = history.map(({ record, ...stored }) => ({ ...stored, record: isPending(record) ? withStatus(record, 'failed') : record }));
  const next = content && withStatus({ ...planInstall([], content, options).record, version: (lastOf(history)?.version ?? 0) + 1 }, 'deployed');
  const future = next ? [...past, store(next)] : past;
  const states = next ? [past, future] : [past];
  const plans: Readonly<Record<OperationName, () => Plan[]>> = {
    install: () => (content ? [planInstall([], content, options)] : []),
    upgrade: () => (content ? states.flatMap((from) => attempt(() => planUpgrade(from, content, options))) : []),
    rollback: () => future.flatMap(({ record }) => attempt(() => planRollback(future, record.version, options))),
    uninstall: () => states.flatMap((from) => attempt(() => planUninstall(from, options))),
    test: () => states.flatMap((from) => attempt(() => planTest(from, { only: [], except: [] }, options))),
  };
  return operations.flatMap((operation) => plans[operation]());
}
