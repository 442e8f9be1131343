import { Cluster } from '../../cluster';
import { History, isUnfinished, journalName, lastOf, readJournalSecret } from '../../release';
import { LifecycleError } from '../../vocabulary';
import { AccessCheck, Permission, permissionsOf, releaseNeeds, resolve, stopNeeds, withUndo } from '../permissions';
import { Plan } from '../plan';
import { RecordStore } from './record-store';
import { Operation } from './run-context';

/** What is known of an operation before it begins. */
interface Request {
  readonly release: string;
  readonly namespace: string;
  readonly plan: (history: History) => Plan | Promise<Plan>;
}

/** What cannot be read or planned now is told when it is tried in earnest; but what is wrong with the input is so then, too. */
async function attempt<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof LifecycleError && error.code !== 'bad-input') return undefined;
    throw error;
  }
}

/** The hooks that an operation which died may have left running. */
async function leftRunning(cluster: Cluster, { release, namespace }: Request, history: History) {
  const last = lastOf(history);
  const secret = last && (await cluster.get({ apiVersion: 'v1', kind: 'Secret', name: journalName(release, last.version), namespace }));
  return secret ? readJournalSecret(secret).hooks.filter(isUnfinished).map(({ hook }) => hook) : [];
}

/** A namespace that is there need not be made, and so nobody need be allowed to. */
async function settled(plan: Plan, cluster: Cluster): Promise<Plan> {
  if (!plan.settings.createNamespace) return plan;
  const namespace = await attempt(() => cluster.get({ apiVersion: 'v1', kind: 'Namespace', name: plan.namespace }));
  return namespace ? { ...plan, settings: { ...plan.settings, createNamespace: false } } : plan;
}

async function planPermissions(plan: Plan, history: History, cluster: Cluster): Promise<Permission[]> {
  const permissions: Permission[] = [];
  for (const each of withUndo(await settled(plan, cluster), history)) permissions.push(...(await permissionsOf(each, cluster)));
  return permissions;
}

async function* demand(access: AccessCheck, permissions: readonly Permission[]): Operation {
  const message = await access.demand(permissions);
  if (message !== undefined) yield { kind: 'warning', message };
}

/** Checks, before even the lock is taken, that the user may do what the operation will most likely come to. It only reads. */
export async function* checkAccess(access: AccessCheck, request: Request, cluster: Cluster, records: RecordStore): Operation {
  const history = await attempt(() => records.history());
  const plan = history && (await attempt(async () => request.plan(history)));
  const left = history ? ((await attempt(() => leftRunning(cluster, request, history))) ?? []) : [];
  const base = await resolve([...releaseNeeds(request), ...left.flatMap(stopNeeds)], cluster, request.namespace);
  yield* demand(access, [...base, ...(plan ? await planPermissions(plan, history!, cluster) : [])]);
}

/** Checks the plan that was made once the lock was held, as far as it differs from what was checked before. */
export async function* checkPlanAccess(access: AccessCheck, plan: Plan, history: History, cluster: Cluster): Operation {
  yield* demand(access, await planPermissions(plan, history, cluster));
}
