import { withStatus } from '../../release';
import { awaitGone } from './delete-object';
import { InterruptedError } from './errors';
import { openJournal } from './journal-hook';
import { removeResources } from './resources';
import { Operation, RunContext } from './run-context';
import { runHooks } from './run-hooks';
import { writeRecord } from './write-record';

/**
 * Pre-delete hooks, the resources, post-delete hooks, the records.
 *
 * A failed pre-delete hook leaves the release as it was. A failed post-delete hook is told at the end: by then there is nothing left to go back to.
 */
export async function* uninstall(context: RunContext): Operation {
  const { plan, records } = context;
  await openJournal(context);
  yield* runHooks(context, plan.before);
  const deleted = context.cluster.clock.now().toISOString();
  const record = { ...context.record, info: { ...context.record.info, deleted } };
  yield* writeRecord(context, withStatus(record, 'uninstalling', 'Deletion in progress (or silently failed)'));
  yield* removeResources(context, plan.remove);
  if (plan.wait) await awaitGone(context, plan.remove);
  let failure: unknown;
  try {
    yield* runHooks(context, plan.after);
  } catch (error) {
    if (error instanceof InterruptedError) throw error;
    failure = error;
  }
  // Those that cannot be read go, too: left behind, they would be revisions of the next release of this name.
  const revisions = [...plan.forget, ...records.unreadable.flatMap(({ revision }) => revision ?? [])].sort((a, b) => a - b);
  for (const revision of revisions) await records.delete(revision);
  yield { kind: 'records-deleted', revisions };
  if (failure !== undefined) throw failure;
}
