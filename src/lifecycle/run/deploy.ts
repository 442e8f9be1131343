import { withStatus } from '../../release';
import { HookEventName, LifecycleError, messageOf } from '../../vocabulary';
import { OperationName } from '../plan';
import { runAfterFailure } from './after-failure';
import { createDefinitions } from './definitions';
import { InterruptedError } from './errors';
import { openJournal } from './journal-hook';
import { applyResources, removeResources } from './resources';
import { Operation, RunContext } from './run-context';
import { runHooks } from './run-hooks';
import { settle } from './settle';
import { forgetRecords, writeRecord } from './write-record';

/** What Helm writes into a record that an operation has finished. */
const COMPLETE: Readonly<Record<Exclude<OperationName, 'uninstall' | 'test'>, string>> = {
  install: 'Install complete',
  upgrade: 'Upgrade complete',
  rollback: 'Rollback complete',
};

/** Makes the release's namespace, with the label that Helm gives it. */
async function* createNamespace({ cluster, plan }: RunContext): Operation {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', name: plan.namespace };
  if (!plan.settings.createNamespace || (await cluster.get(namespace))) return;
  await cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: plan.namespace, labels: { name: plan.namespace } } });
  yield { kind: 'namespace-created', namespace: plan.namespace };
}

/** The revision becomes the deployed one before the others stop being it: a crash between the two leaves two, and of those Helm takes the newer. */
async function* conclude(context: RunContext): Operation {
  const { operation, supersede } = context.plan;
  const description = operation === 'rollback' ? context.record.info.description : COMPLETE[operation as keyof typeof COMPLETE];
  yield* writeRecord(context, withStatus(context.record, 'deployed', description));
  for (const revision of supersede) {
    const old = context.records.get(revision);
    // Helm says so only where it installs over what was uninstalled: pkg/action/install.go, replaceRelease.
    if (old) yield* writeRecord(context, withStatus(old, 'superseded', operation === 'install' ? 'superseded by new release' : undefined));
  }
}

/** Helm's own words: pkg/action/install.go and upgrade.go. */
function hookPrefix(operation: OperationName, event: HookEventName): string {
  return operation === 'install' ? `failed ${event}: ` : `${event} hooks failed: `;
}

async function* fail(context: RunContext, error: unknown): Operation {
  const { operation, release } = context.plan;
  const verb = { install: 'Release', upgrade: 'Upgrade', rollback: 'Rollback', uninstall: 'Uninstallation', test: 'Test' }[operation];
  const prefix = context.hooksOf && !(error instanceof InterruptedError) ? hookPrefix(operation, context.hooksOf) : '';
  const text = [`${verb} "${release}" failed: ${prefix}${messageOf(error)}`, ...context.alsoFailed.map(messageOf)].join('; after that: ');
  try {
    yield* writeRecord(context, withStatus(context.record, 'failed', text));
  } catch (unwritten) {
    if (!(unwritten instanceof LifecycleError)) throw unwritten;
    yield { kind: 'warning', message: `The failure could not be recorded, the next operation will do so: ${unwritten.message}` };
  }
}

/** Deletes what the operation has created; that it cannot is told, but is not why it failed. */
async function* removeCreated(context: RunContext): Operation {
  try {
    yield* removeResources(context, context.created.map((resource) => ({ action: 'delete', resource })));
  } catch (error) {
    yield { kind: 'warning', message: `Not everything that was created could be deleted again: ${messageOf(error)}` };
  }
}

/** Install, upgrade and rollback: the same phases, with the steps of the plan. */
export async function* deploy(context: RunContext): Operation {
  const { plan, cluster } = context;
  const now = cluster.clock.now().toISOString();
  yield* createNamespace(context);
  yield* context.hold();
  yield* createDefinitions(context, plan.definitions);
  const { info } = plan.record;
  // A revision that is resumed keeps its time: its hooks that have succeeded ran in it.
  const deployed = plan.resumes ? (info.last_deployed ?? now) : now;
  yield* writeRecord(context, { ...plan.record, info: { ...info, first_deployed: info.first_deployed ?? now, last_deployed: deployed } });
  try {
    yield* forgetRecords(context); // those that are too many, now that the new one is in
    await openJournal(context);
    yield* runHooks(context, plan.before);
    yield* applyResources(context, plan.apply);
    yield* removeResources(context, plan.remove);
    if (plan.settings.wait) yield* settle(context, plan.apply);
    yield* runHooks(context, plan.after);
  } catch (error) {
    yield* runAfterFailure(context, error);
    yield* fail(context, error);
    if (plan.settings.cleanupOnFail && !(error instanceof InterruptedError)) yield* removeCreated(context);
    throw error;
  }
  yield* conclude(context);
}
