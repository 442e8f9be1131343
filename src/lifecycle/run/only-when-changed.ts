import { isClusterError } from '../../cluster';
import { Fingerprint, HookSuccess, contentOf, differencesAmong, fingerprintOf, inputsOf, runsOnChange, successOf, workOf } from '../../release';
import { KubeObject, ObjectRef, describeRef } from '../../vocabulary';
import { HookStep } from '../plan';
import { identify } from './hook-attempt';
import { HookContext, Operation, locate } from './run-context';

/** Operations whose successes count for the upgrades after them: what a rollback or an uninstall leaves of them, nobody knows. */
const REMEMBERED = ['install', 'upgrade', 'test'];

/** What a hook would see now, or why that cannot be known. */
type Inputs = { readonly fingerprint: Fingerprint } | { readonly unread: string };

/** Reads the ConfigMaps and Secrets of a hook as they are; one that is not there is not part of the fingerprint. */
async function readInputs({ cluster }: HookContext, { hook }: HookStep, refs: readonly ObjectRef[], salt?: string): Promise<Inputs> {
  const found: KubeObject[] = [];
  for (const ref of refs) {
    try {
      const live = await cluster.get(ref);
      if (live) found.push(contentOf(live, ref));
    } catch (error) {
      if (!isClusterError(error, 'forbidden')) throw error;
      return { unread: `whether ${describeRef(ref)} has changed cannot be known: ${error.message}` };
    }
  }
  return { fingerprint: fingerprintOf([workOf(hook), ...found], salt) };
}

/** Why a hook runs that the plan would pass over: what has changed since it succeeded. */
function changesSince({ revision, fingerprint }: HookSuccess, now: Inputs, refs: readonly ObjectRef[]): string | undefined {
  if ('unread' in now) return now.unread;
  const changes = differencesAmong(refs, fingerprint, now.fingerprint);
  return changes.length === 0 ? undefined : `${changes.join(', ')} since it succeeded in revision ${revision}`;
}

/**
 * Runs a hook, or passes over it where it runs only when something has changed and nothing has.
 *
 * What it would see counts, read before it starts: a change while it runs makes the next upgrade run it again.
 */
export async function* onlyWhenChanged(context: HookContext, step: HookStep, work: (step: HookStep) => Operation): Operation {
  const { event, hook, skip } = step;
  const { plan, journal } = context;
  if (!journal || !runsOnChange(hook) || !REMEMBERED.includes(plan.operation)) return yield* work(step);
  const ref = await locate(context, hook.ref);
  const refs = inputsOf(hook, ref.namespace);
  const since = skip?.unchanged && successOf(plan.successes ?? [], ref);
  const now = await readInputs(context, step, refs, since?.fingerprint.salt);
  const because = since && changesSince(since, now, refs);
  if (since && because === undefined) {
    yield { kind: 'hook-skipped', ...identify(step), reason: skip!.reason };
    await journal.pass({ event, hook: ref });
    return;
  }
  journal.forget(ref);
  yield* work(because === undefined ? step : { ...step, runsBecause: because });
  if ('fingerprint' in now) await journal.remember({ hook: ref, revision: plan.revision, fingerprint: now.fingerprint });
}
