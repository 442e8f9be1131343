import { ObjectHead, isClusterError } from '../../cluster';
import { MANAGED_BY, MANAGED_BY_HELM, ObjectRef } from '../../vocabulary';
import { ApplyStep } from '../plan';
import { RunContext, locate } from './run-context';

/** From so many objects of one kind in one namespace on, one list costs the server less than a look at each of them. */
const MANY = 16;

/** What is there of objects, by what they are. */
export type Heads = ReadonlyMap<string, ObjectHead>;

/** What an object is known by among those of its kind. */
export function headKey({ namespace = '', name }: Pick<ObjectRef, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}

/** The metadata of objects of one kind and namespace that Helm manages, not many more than are wanted: the namespace may be full of those of others. */
async function listHeads({ cluster }: RunContext, refs: readonly ObjectRef[]): Promise<readonly ObjectHead[]> {
  const { name: _name, ...kind } = refs[0];
  try {
    return await cluster.list({ ...kind, labels: { [MANAGED_BY]: MANAGED_BY_HELM }, metadataOnly: true, enough: 2 * refs.length });
  } catch (error) {
    // Whoever may get and patch need not be allowed to list. Each object is then looked at, and what else is wrong is told of that.
    if (isClusterError(error) && !isClusterError(error, 'unreachable')) return [];
    throw error;
  }
}

/** What is there of the objects of one kind that are to be changed, where there are many of them; the others are looked at one by one. */
export async function lookAhead(context: RunContext, steps: readonly ApplyStep[]): Promise<Heads> {
  const changed = steps.filter(({ action }) => action !== 'create');
  const byNamespace = new Map<string | undefined, ObjectRef[]>();
  if (changed.length < MANY || !(await context.cluster.kind(changed[0].resource.ref))) return new Map();
  for (const { resource } of changed) {
    const ref = await locate(context, resource.ref);
    const refs = byNamespace.get(ref.namespace) ?? [];
    byNamespace.set(ref.namespace, refs);
    refs.push(ref);
  }
  const heads = new Map<string, ObjectHead>();
  for (const refs of byNamespace.values()) {
    if (refs.length < MANY) continue;
    for (const head of await listHeads(context, refs)) heads.set(headKey({ name: head.metadata.name!, namespace: head.metadata.namespace }), head);
  }
  return heads;
}
