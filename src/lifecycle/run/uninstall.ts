import { withStatus } from '../../release';
import { runAfterFailure } from './after-failure';
import { awaitGone } from './delete-object';
import { InterruptedError } from './errors';
import { deleteHookObjects } from './hook-leftovers';
import { openJournal } from './journal-hook';
import { removeResources } from './resources';
import { Operation, RunContext } from './run-context';
import { runHooks } from './run-hooks';
import { forgetRecords, writeRecord } from './write-record';

/** The records stay; none of them is deployed any more. */
async function* keepRecords(context: RunContext): Operation {
  yield* writeRecord(context, withStatus(context.record, 'uninstalled', 'Uninstallation complete'));
  for (const revision of context.plan.supersede) {
    const old = context.records.get(revision);
    if (old) yield* writeRecord(context, withStatus(old, 'superseded'));
  }
}

/** Everything up to the post-delete hooks. */
async function* remove(context: RunContext): Operation {
  const { plan } = context;
  yield* runHooks(context, plan.before);
  const deleted = context.cluster.clock.now().toISOString();
  const record = { ...context.record, info: { ...context.record.info, deleted } };
  yield* writeRecord(context, withStatus(record, 'uninstalling', 'Deletion in progress (or silently failed)'));
  yield* removeResources(context, plan.remove);
  if (plan.settings.wait) await awaitGone(context, plan.remove);
}

/**
 * Pre-delete hooks, the resources, post-delete hooks, the records.
 *
 * A failed pre-delete hook leaves the release as it was. A failed post-delete hook is told at the end: by then there is nothing left to go back to.
 */
export async function* uninstall(context: RunContext): Operation {
  const { plan } = context;
  yield* context.hold();
  if (plan.record.info.status === 'uninstalled') return yield* forgetRecords(context);
  await openJournal(context);
  let isGone = false;
  let failure: unknown;
  try {
    yield* remove(context);
    isGone = true;
    yield* runHooks(context, plan.after);
  } catch (error) {
    yield* runAfterFailure(context, error);
    if (!isGone || error instanceof InterruptedError) throw error;
    failure = error;
  }
  yield* deleteHookObjects({ ...context, revisions: context.records.revisions(), keepsFailed: context.takesBack !== undefined });
  if (plan.settings.keepHistory) yield* keepRecords(context);
  yield* forgetRecords(context);
  if (failure !== undefined) throw failure;
}
