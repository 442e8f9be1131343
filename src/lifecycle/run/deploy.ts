import { withStatus } from '../../release';
import { HookEventName, LifecycleError, messageOf } from '../../vocabulary';
import { OperationName } from '../plan';
import { InterruptedError } from './errors';
import { openJournal } from './journal-hook';
import { applyResources, removeResources } from './resources';
import { Operation, RunContext } from './run-context';
import { runHooks } from './run-hooks';
import { settle } from './settle';
import { writeRecord } from './write-record';

/** What Helm writes into a record that an operation has finished. */
const COMPLETE: Readonly<Record<Exclude<OperationName, 'uninstall'>, string>> = {
  install: 'Install complete',
  upgrade: 'Upgrade complete',
  rollback: 'Rollback complete',
};

/** Makes the release's namespace, with the label that Helm gives it. */
async function* createNamespace({ cluster, plan }: RunContext): Operation {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', name: plan.namespace };
  if (!plan.createNamespace || (await cluster.get(namespace))) return;
  await cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: plan.namespace, labels: { name: plan.namespace } } });
  yield { kind: 'namespace-created', namespace: plan.namespace };
}

/** Removes records that are too many, now that the new one is in. */
async function* prune({ plan, records }: RunContext): Operation {
  if (plan.forget.length === 0) return;
  for (const revision of plan.forget) await records.delete(revision);
  yield { kind: 'records-deleted', revisions: plan.forget };
}

/** The revision becomes the deployed one before the others stop being it: a crash between the two leaves two, and of those Helm takes the newer. */
async function* conclude(context: RunContext): Operation {
  const { operation, supersede } = context.plan;
  const description = operation === 'rollback' ? context.record.info.description : COMPLETE[operation as keyof typeof COMPLETE];
  yield* writeRecord(context, withStatus(context.record, 'deployed', description));
  for (const revision of supersede) {
    const old = context.records.get(revision);
    if (old) yield* writeRecord(context, withStatus(old, 'superseded'));
  }
}

/** Helm's own words: pkg/action/install.go and upgrade.go. */
function hookPrefix(operation: OperationName, event: HookEventName): string {
  return operation === 'install' ? `failed ${event}: ` : `${event} hooks failed: `;
}

async function* fail(context: RunContext, error: unknown): Operation {
  const { operation, release } = context.plan;
  const verb = { install: 'Release', upgrade: 'Upgrade', rollback: 'Rollback', uninstall: 'Uninstallation' }[operation];
  const prefix = context.hooksOf && !(error instanceof InterruptedError) ? hookPrefix(operation, context.hooksOf) : '';
  try {
    yield* writeRecord(context, withStatus(context.record, 'failed', `${verb} "${release}" failed: ${prefix}${messageOf(error)}`));
  } catch (unwritten) {
    if (!(unwritten instanceof LifecycleError)) throw unwritten;
    yield { kind: 'warning', message: `The failure could not be recorded, the next operation will do so: ${unwritten.message}` };
  }
}

/** Install, upgrade and rollback: the same phases, with the steps of the plan. */
export async function* deploy(context: RunContext): Operation {
  const { plan, cluster } = context;
  const now = cluster.clock.now().toISOString();
  yield* createNamespace(context);
  yield* context.hold();
  const { info } = plan.record;
  yield* writeRecord(context, { ...plan.record, info: { ...info, first_deployed: info.first_deployed ?? now, last_deployed: now } });
  try {
    yield* prune(context);
    await openJournal(context);
    yield* runHooks(context, plan.before);
    yield* applyResources(context, plan.apply);
    yield* removeResources(context, plan.remove);
    if (plan.wait) yield* settle(context, plan.apply);
    yield* runHooks(context, plan.after);
  } catch (error) {
    yield* fail(context, error);
    throw error;
  }
  yield* conclude(context);
}
