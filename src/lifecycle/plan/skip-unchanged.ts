import { Hook, HookSuccess, doesTheSame, inputsOf, mutableImages, runsOnChange, successOf } from '../../release';
import { HookStep } from './plan';

/** What is known of the hooks of a release, and where it is. */
export interface Known {
  readonly namespace: string;
  /** The revision that is made: what has succeeded in it already is not passed over at its next event. */
  readonly revision: number;
  readonly successes?: readonly HookSuccess[];
}

function images(names: readonly string[]): string {
  return names.length === 1 ? `its image ${names[0]} has no digest` : `its images ${names.join(', ')} have no digest`;
}

function marked(step: HookStep, { namespace: home, revision, successes = [] }: Known): HookStep {
  const { hook } = step;
  if (!runsOnChange(hook) || step.skip) return step;
  const { kind, apiVersion, name, namespace = home } = hook.ref;
  const success = successOf(successes, { apiVersion, kind, name, namespace });
  if (!success) return { ...step, runsBecause: 'no earlier success of it is known' };
  if (success.revision >= revision) return { ...step, runsBecause: 'something has changed before in this revision' };
  if (!doesTheSame(hook, success)) return { ...step, runsBecause: `it does something else since it succeeded in revision ${success.revision}` };
  const mutable = mutableImages(hook);
  if (mutable.length > 0) return { ...step, runsBecause: images(mutable) };
  const reason = `nothing that it uses has changed since it succeeded in revision ${success.revision}`;
  return { ...step, skip: { reason, unchanged: { since: success.revision, inputs: inputsOf(hook, namespace) } } };
}

/**
 * The steps of an upgrade, those marked whose hooks run only where something has changed.
 *
 * What the manifests say is known now. The ConfigMaps and Secrets of the cluster are looked at when the turn of a hook comes: what it would see then counts.
 */
export function skipUnchanged(steps: readonly HookStep[], known: Known): HookStep[] {
  return steps.map((step) => marked(step, known));
}

/** What a new revision takes over: the successes of hooks that it still has, and that still run only where something has changed. */
export function takenOver(hooks: readonly Hook[], { namespace: home, successes = [] }: Pick<Known, 'namespace' | 'successes'>): HookSuccess[] {
  const refs = hooks.filter(runsOnChange).map(({ ref: { kind, apiVersion, name, namespace = home } }) => ({ apiVersion, kind, name, namespace }));
  return successes.filter((success) => refs.some((ref) => successOf([success], ref) !== undefined));
}
