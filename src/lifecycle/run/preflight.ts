import { ClusterError, describeTarget, isClusterError, sideBySide } from '../../cluster';
import { History, Resource, checkRecordSize, identityIn, isPending, lastOf } from '../../release';
import { GroupVersionKind, ObjectRef, describeRef } from '../../vocabulary';
import { Plan, RefusedError, ReleaseLockedError, everyHook } from '../plan';
import { Look, lookForRoom } from './look-ahead';
import { foreign } from './ownership';
import { AT_A_TIME, RunContext, locate } from './run-context';

function definesKind({ kind, spec }: { readonly kind: string; readonly spec?: unknown }, { apiVersion, kind: wanted }: GroupVersionKind): boolean {
  if (kind !== 'CustomResourceDefinition') return false;
  const { group, names } = spec as { readonly group?: string; readonly names?: { readonly kind?: string } };
  return names?.kind === wanted && apiVersion.startsWith(`${group}/`);
}

async function checkNamespace({ cluster, plan }: RunContext): Promise<void> {
  if (plan.settings.createNamespace) return;
  try {
    if (await cluster.get({ apiVersion: 'v1', kind: 'Namespace', name: plan.namespace })) return;
  } catch (error) {
    if (isClusterError(error, 'forbidden')) return; // whoever may work in a namespace need not be allowed to look at it
    throw error;
  }
  throw new RefusedError(`There is no namespace "${plan.namespace}"`, 'Create it, name another one with -n, or pass --create-namespace.');
}

/** A kind must be served now, or be defined by the release itself. */
async function checkKinds({ cluster, plan }: RunContext, refs: readonly ObjectRef[]): Promise<void> {
  const resources = [...plan.definitions, ...plan.apply.map(({ resource }) => resource)];
  const objects = [...resources, ...plan.before.map(({ hook }) => hook)].map(({ object }) => object);
  for (const ref of refs) {
    if (objects.some((object) => definesKind(object, ref)) || (await cluster.kind(ref))) continue;
    throw new ClusterError('unknown-kind', { verb: 'create', target: describeTarget(ref) }, `the cluster has no kind ${ref.kind} in ${ref.apiVersion}`);
  }
}

/** Why a resource that is to be created cannot be; nothing where it can. */
async function refusal(context: RunContext, { ref }: Resource, look: Look): Promise<RefusedError | undefined> {
  const { cluster, plan } = context;
  if (!(await cluster.kind(ref))) return undefined;
  const place = await locate(context, ref);
  const live = await look(place);
  if (live) context.occupied.set(identityIn(plan.namespace, place), live);
  const reason = live && foreign(live, plan);
  return reason === undefined
    ? undefined
    : new RefusedError(
      `${describeRef(ref)} exists already and does not belong to release "${plan.release}": ${reason}`,
      'Delete it, give the resource another name, or take it over with --take-ownership.',
    );
}

async function checkOwners(context: RunContext): Promise<void> {
  const { plan } = context;
  if (plan.settings.takeOwnership) return;
  const created = plan.apply.filter(({ action }) => action === 'create');
  const look = await lookForRoom(context, created);
  for await (const refused of sideBySide(created, AT_A_TIME, ({ resource }) => refusal(context, resource, look))) if (refused) throw refused;
}

function everyRef(plan: Plan): ObjectRef[] {
  const resources = [...plan.definitions, ...plan.apply.map(({ resource }) => resource)];
  return [...resources, ...everyHook(plan).map(({ hook }) => hook)].map(({ ref }) => ref);
}

/** A plan is made for a history; when that has moved on since, it no longer says what would happen. */
export function checkHistory({ release, operation, revision, resumes }: Plan, history: History): void {
  const last = lastOf(history);
  const expected = operation === 'uninstall' || operation === 'test' || resumes ? revision : revision - 1;
  if ((last?.version ?? 0) === expected) return;
  if (last && isPending(last)) throw new ReleaseLockedError(release, last.version, last.info.status);
  throw new RefusedError(
    `The plan no longer fits release "${release}": it was made ${expected === 0 ? 'before there was a revision' : `for revision ${expected}`}, ` +
      (last ? `and by now revision ${last.version} is ${last.info.status}` : 'and by now there is none'),
    'Look at what has happened (cdk8s-lifecycle history), then plan again.',
  );
}

/** Everything that can be known before the first write; it only reads. */
export async function preflight(context: RunContext): Promise<void> {
  checkRecordSize(context.plan.record);
  await checkNamespace(context);
  await checkKinds(context, everyRef(context.plan));
  await checkOwners(context);
}
