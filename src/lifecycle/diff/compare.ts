import { Cluster, isClusterError } from '../../cluster';
import { History, Resource, identityIn, isKept, lastOf, recordedHooks, yamlText } from '../../release';
import { KubeObject, ObjectRef } from '../../vocabulary';
import { Plan, RemoveStep } from '../plan';
import { everyResource, resourcesInCluster } from '../plan/steps';
import { locate } from '../run/run-context';
import { SecretsInUse } from '../run/secrets-in-use';
import { manifestDifferences } from './manifest-differences';
import { maskedPair } from './masked-pair';
import { normalForm } from './normal-form';
import { Rehearsal, Stage, rehearse } from './rehearsal';
import { ObjectDifference, ReleaseDifference } from './release-difference';

/** One object as it is and as it would be, with values in clear. */
type Change = Omit<Rehearsal, 'after'> & { readonly after?: KubeObject; readonly kept?: boolean };

/** A definition is created where it is missing; one that is there stays as it is, whatever the chart says. */
async function defined(stage: Stage, { ref, object }: Resource): Promise<Change[]> {
  const definition = await locate(stage, ref);
  return (await stage.cluster.get(definition)) ? [] : [{ object: definition, after: normalForm(object) }];
}

/** What happens to a resource that the new revision no longer holds; nothing where it is gone already. */
async function removed(stage: Stage, { action, resource }: RemoveStep): Promise<Change[]> {
  try {
    const object = await locate(stage, resource.ref);
    const live = await stage.cluster.get(object);
    return live ? [{ object, before: normalForm(live), kept: action === 'keep' || isKept(live) }] : [];
  } catch (error) {
    if (isClusterError(error, 'unknown-kind')) return [];
    throw error;
  }
}

function changeOf({ before, after, kept }: Change): ObjectDifference['change'] {
  if (kept) return 'kept';
  if (!before) return 'created';
  if (!after) return 'deleted';
  return yamlText(before, { sortKeys: true }) === yamlText(after, { sortKeys: true }) ? 'unchanged' : 'changed';
}

function shown(change: Change, mask: (text: string) => string): ObjectDifference {
  const kind = changeOf(change);
  const head = { object: change.object, change: kind, ...(change.refusal === undefined ? {} : { refusal: mask(change.refusal) }) };
  if (kind === 'unchanged' || kind === 'kept') return head;
  const { before, after } = maskedPair({ before: change.before, after: change.after }, mask);
  const text = (value: unknown) => yamlText(value, { sortKeys: true });
  return { ...head, ...(before === undefined ? {} : { before: text(before) }), ...(after === undefined ? {} : { after: text(after) }) };
}

/**
 * What an install or upgrade would change in the cluster, and in the hooks of the release. It only reads, and asks the server by dry runs.
 *
 * @param history what the plan was made for
 */
export async function compare(plan: Plan, history: History, cluster: Cluster): Promise<ReleaseDifference> {
  const { operation, release, namespace, revision, from } = plan;
  const stage = { cluster, plan };
  const identity = (ref: ObjectRef) => identityIn(namespace, ref);
  const recorded = new Map(everyResource(namespace, resourcesInCluster(history)).map((resource) => [identity(resource.ref), resource]));
  const changes: Change[] = [];
  for (const definition of plan.definitions) changes.push(...(await defined(stage, definition)));
  for (const step of plan.apply) changes.push(await rehearse(stage, step, recorded.get(identity(step.resource.ref))));
  for (const step of plan.remove) changes.push(...(await removed(stage, step)));

  const last = lastOf(history);
  const oldHooks = last && last.info.status !== 'uninstalled' ? recordedHooks(last) : [];
  const newHooks = recordedHooks(plan.record);

  const secrets = new SecretsInUse(cluster, plan);
  const live = changes.flatMap(({ before, after }) => [before, after]).filter((object) => object !== undefined);
  const manifests = [...recorded.values(), ...plan.apply.map(({ resource }) => resource), ...oldHooks, ...newHooks];
  secrets.learn([...live, ...manifests.map(({ object }) => object)]);
  const warnings = await secrets.read();
  return {
    operation,
    release,
    namespace,
    revision,
    ...(from === undefined ? {} : { from }),
    resources: changes.map((change) => shown(change, secrets.mask)),
    hooks: manifestDifferences(namespace, oldHooks, newHooks, secrets.mask),
    warnings,
  };
}
