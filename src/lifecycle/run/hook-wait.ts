import { KubeObject } from '../../vocabulary';
import { HookIdentity } from '../lifecycle-event';
import { Verdict } from '../verdict';
import { InterruptedError, TimeoutError } from './errors';
import { HookLogs } from './hook-logs';
import { RunState, runState } from './job-state';
import { Mirror } from './mirror';
import { failedContainers, waitingReason } from './pod-diagnosis';
import { Operation, RunContext, telling } from './run-context';

/** How a hook ended, and what it printed last. */
export interface HookEnd {
  readonly verdict: Verdict;
  readonly lastLines: readonly string[];
}

function isPodOf(owner: KubeObject, pod: KubeObject): boolean {
  if (owner.kind === 'Pod') return pod.metadata.uid === owner.metadata.uid;
  return ((pod.metadata.ownerReferences as readonly { uid: string }[] | undefined) ?? []).some(({ uid }) => uid === owner.metadata.uid);
}

function verdictOf(state: RunState, pods: readonly KubeObject[]): Verdict | undefined {
  switch (state.kind) {
    case 'running':
      return undefined;
    case 'succeeded':
      return { kind: 'succeeded' };
    case 'failed':
      return { kind: 'failed', cause: [...failedContainers(pods).slice(0, 3), state.reason].filter(Boolean).join('; ') || 'no reason given' };
  }
}

/** The verdict on the very object that was created: one of its name that came later is another, and one that went before its end has failed. */
function look(created: KubeObject, objects: Mirror, pods: readonly KubeObject[]): Verdict | undefined {
  const { uid, name, namespace } = created.metadata;
  const live = objects.get(name!, namespace);
  const last = live?.metadata.uid === uid ? live : objects.gone(uid!);
  const verdict = last && verdictOf(runState(last), pods);
  if (verdict || last === live) return verdict;
  return { kind: 'failed', cause: 'it was deleted before it finished' };
}

/** Waits for the verdict on a hook that was created, and tells what it prints and what holds it. */
export function awaitVerdict(context: RunContext, hook: HookIdentity, created: KubeObject): Operation<HookEnd> {
  return telling(async (tell) => {
    const { cluster, observer, plan } = context;
    const { name, namespace } = created.metadata;
    if (created.kind !== 'Job' && created.kind !== 'Pod') return { verdict: { kind: 'succeeded' }, lastLines: [] };

    const objects = await observer.mirror({ apiVersion: created.apiVersion, kind: created.kind, namespace });
    const podMirror = await observer.mirror({ apiVersion: 'v1', kind: 'Pod', namespace });
    objects.learn(created);
    const logs = new HookLogs(
      cluster,
      (line) => tell({ kind: 'hook-log', ...hook, ...line }),
      (message) => tell({ kind: 'warning', message }),
    );
    let told: string | undefined;
    let waiting: string | undefined;
    const seen = new Map<string, KubeObject>();
    const observe = () => {
      const live = podMirror.all().filter((pod) => isPodOf(created, pod));
      for (const pod of live) seen.set(pod.metadata.uid!, pod);
      logs.follow(live);
      waiting = live.map(waitingReason).find((each) => each !== undefined);
      if (waiting !== undefined && waiting !== told) tell({ kind: 'hook-waiting', ...hook, reason: waiting });
      told = waiting ?? told;
      return look(created, objects, [...seen.values()].map((pod) => podMirror.gone(pod.metadata.uid!) ?? pod));
    };
    try {
      const verdict = await observer.until([objects, podMirror], observe, { what: () => `${created.kind}/${name}`, seconds: plan.timeoutSeconds });
      return { verdict, lastLines: logs.tail };
    } catch (error) {
      if (error instanceof TimeoutError) return { verdict: { kind: 'timed-out', afterSeconds: plan.timeoutSeconds, ...(waiting === undefined ? {} : { waiting }) }, lastLines: logs.tail };
      if (error instanceof InterruptedError) return { verdict: { kind: 'interrupted' }, lastLines: logs.tail };
      throw error;
    } finally {
      await logs.drain();
    }
  });
}
