import { KubeObject } from '../../vocabulary';
import { HookIdentity } from '../lifecycle-event';
import { Verdict } from '../verdict';
import { InterruptedError, TimeoutError } from './errors';
import { established } from './established';
import { HookLogs } from './hook-logs';
import { HookPods } from './hook-pods';
import { RunState, runState } from './job-state';
import { Mirror } from './mirror';
import { nudge } from './nudge';
import { failedContainers, waitingReason } from './pod-diagnosis';
import { Operation, RunContext, telling } from './run-context';

/** How a hook ended, and what it printed last. */
export interface HookEnd {
  readonly verdict: Verdict;
  readonly lastLines: readonly string[];
}

/** That the limit of attempts is reached says nothing where a container says how it failed. */
function causeOf(containers: readonly string[], reason: string): string {
  const more = containers.length > 0 && reason.startsWith('BackoffLimitExceeded') ? [] : [reason];
  return [...containers.slice(0, 3), ...more].filter(Boolean).join('; ') || 'no reason given';
}

function verdictOf(state: RunState, pods: readonly KubeObject[]): Verdict | undefined {
  switch (state.kind) {
    case 'running':
      return undefined;
    case 'succeeded':
      return { kind: 'succeeded' };
    case 'failed':
      return { kind: 'failed', cause: causeOf(failedContainers(pods), state.reason) };
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
    const { name, namespace, uid } = created.metadata;
    if (created.kind !== 'Job' && created.kind !== 'Pod') {
      await established(context, { apiVersion: created.apiVersion, kind: created.kind, name: name! });
      return { verdict: { kind: 'succeeded' }, lastLines: [] };
    }

    const objects = await observer.mirror({ apiVersion: created.apiVersion, kind: created.kind, namespace });
    const podMirror = await observer.mirror({ apiVersion: 'v1', kind: 'Pod', namespace });
    objects.learn(created);
    const logs = new HookLogs(
      cluster,
      (line) => tell({ kind: 'hook-log', ...hook, ...line }),
      (message) => tell({ kind: 'warning', message }),
    );
    const pods = new HookPods(created, podMirror);
    const nudges: Promise<void>[] = [];
    let waiting: string | undefined;
    const observe = () => {
      const live = pods.refresh();
      logs.follow(live);
      const reason = live.map(waitingReason).find((each) => each !== undefined);
      if (reason !== undefined && reason !== waiting) tell({ kind: 'hook-waiting', ...hook, reason });
      waiting = reason;
      const job = objects.get(name!, namespace);
      if (pods.haveEnded() && job?.kind === 'Job' && job.metadata.uid === uid) nudges.push(nudge(cluster, job));
      return look(created, objects, pods.all());
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
      await Promise.all(nudges);
    }
  });
}
