import { LogTail } from '../../release';
import { KubeObject } from '../../vocabulary';
import { HookIdentity } from '../lifecycle-event';
import { Verdict } from '../verdict';
import { InterruptedError, TimeoutError } from './errors';
import { established } from './established';
import { HookLogs } from './hook-logs';
import { HookPods } from './hook-pods';
import { RunState, runState } from './job-state';
import { Mirror } from './mirror';
import { mayDecide, nudge } from './nudge';
import { exitCodesOf, failuresOf } from './pod-diagnosis';
import { Happening, Operation, HookContext, telling } from './run-context';
import { Stall, stallOf } from './stall';
import { symptomsOf } from './stall-symptoms';

/** That the limit of attempts is reached says nothing where a Pod shows how it failed; nor does what was said already. */
function causeOf(failures: readonly string[], reason: string): string {
  const isSaid = (failures.length > 0 && reason.startsWith('BackoffLimitExceeded')) || failures.some((failure) => failure.includes(reason));
  const more = isSaid ? [] : [reason];
  return [...failures.slice(0, 3), ...more].filter(Boolean).join('; ') || 'no reason given';
}

/** How a hook came to its end. */
export interface HookEnd {
  readonly verdict: Verdict;
  /** What its containers exited with, where that is why it failed. */
  readonly exitCodes: readonly number[];
}

function ended(verdict: Verdict): HookEnd {
  return { verdict, exitCodes: [] };
}

function endOf(state: RunState, pods: readonly KubeObject[]): HookEnd | undefined {
  switch (state.kind) {
    case 'running':
      return undefined;
    case 'succeeded':
      return ended({ kind: 'succeeded' });
    case 'failed': {
      const verdict: Verdict = { kind: 'failed', cause: causeOf(failuresOf(pods), state.reason) };
      // What Kubernetes stops when its time is over exits with the code of the signal.
      return state.reason.startsWith('DeadlineExceeded') ? ended(verdict) : { verdict, exitCodes: exitCodesOf(pods) };
    }
  }
}

/** The end of the very object that was created: one of its name that came later is another, and one that went before its end has failed. */
function look(created: KubeObject, objects: Mirror, pods: readonly KubeObject[]): HookEnd | undefined {
  const { uid, name, namespace } = created.metadata;
  const live = objects.get(name!, namespace);
  const last = live?.metadata.uid === uid ? live : objects.gone(uid!);
  const end = last && endOf(runState(last), pods);
  if (end || last === live) return end;
  return ended({ kind: 'failed', cause: 'it was deleted before it finished' });
}

/** The warnings of a namespace. Without the right to read them, what only they tell stays untold. */
function warningsOf({ observer }: HookContext, namespace: string | undefined, tell: (happening: Happening) => void): Mirror {
  return observer.glimpse({ apiVersion: 'v1', kind: 'Event', namespace, fields: { type: 'Warning' } }, (error) => {
    const why = error instanceof Error ? error.message : String(error);
    tell({ kind: 'warning', message: `What keeps a hook's Pods from being made is not told: ${why}` });
  });
}

/** What a hook waits for: told when it changes, and kept for when its time is over. */
class Waiting {
  stall?: Stall;
  readonly #tell: (stall: Stall) => void;

  constructor(tell: (stall: Stall) => void) {
    this.#tell = tell;
  }

  update(stall: Stall | undefined): void {
    if (stall && stall.reason !== this.stall?.reason) this.#tell(stall);
    this.stall = stall;
  }
}

/** How a hook is waited for. */
export interface HookWait {
  /** How long. */
  readonly seconds: number;
  /** Keeps the end of its log. */
  readonly tail: LogTail;
  /** Stops it when it is waited for no longer; its log is followed until it has stopped. */
  readonly stop: (verdict: Verdict, tell: (happening: Happening) => void) => Promise<Verdict>;
}

/** Whether the hook has come to its end by itself. */
function isOver({ kind }: Verdict): boolean {
  return kind === 'succeeded' || kind === 'failed';
}

/** Waits for the verdict on a hook that was created, and tells what it prints and what holds it. */
export function awaitVerdict(context: HookContext, hook: HookIdentity, created: KubeObject, { seconds, tail, stop }: HookWait): Operation<HookEnd> {
  return telling(async (tell) => {
    const { cluster, observer, around, secrets, failFast } = context;
    const { name, namespace, uid } = created.metadata;
    if (created.kind !== 'Job' && created.kind !== 'Pod') {
      await established(context, { apiVersion: created.apiVersion, kind: created.kind, name: name! });
      return ended({ kind: 'succeeded' });
    }

    const objects = await observer.mirror({ apiVersion: created.apiVersion, kind: created.kind, namespace });
    const podMirror = await observer.mirror({ apiVersion: 'v1', kind: 'Pod', namespace });
    const warnings = warningsOf(context, namespace, tell);
    objects.learn(created);
    const logs = new HookLogs(cluster, {
      tell: (line, among) => tell({ kind: 'hook-log', ...hook, ...line, ...(among === undefined ? {} : { among }) }),
      warn: (message) => tell({ kind: 'warning', message }),
      mask: secrets.mask,
      tail,
      podsAtOnce: (created.spec as { parallelism?: number } | undefined)?.parallelism,
    });
    const pods = new HookPods(created, podMirror);
    const nudges: Promise<void>[] = [];
    const waiting = new Waiting(({ reason, remedy }) => tell({ kind: 'hook-waiting', ...hook, reason, ...(remedy === undefined ? {} : { remedy }) }));
    const observe = (): HookEnd | undefined => {
      const live = pods.refresh();
      logs.follow(live);
      const over = pods.newlyEnded();
      const job = objects.get(name!, namespace);
      if (mayDecide(over, live) && job?.kind === 'Job' && job.metadata.uid === uid) nudges.push(nudge(cluster, job, over));
      const end = look(created, objects, pods.all());
      if (end) return end;
      const stall = stallOf(symptomsOf(created, live, warnings.all()), { ...around, hook });
      if (stall?.hopeless && failFast) return ended({ kind: 'stuck', cause: stall.reason, remedy: stall.remedy });
      waiting.update(stall);
      return undefined;
    };
    const wait = async (): Promise<HookEnd> => {
      try {
        return await observer.until([objects, podMirror, warnings], observe, { what: () => `${created.kind}/${name}`, seconds });
      } catch (error) {
        const { reason, remedy } = waiting.stall ?? {};
        if (error instanceof TimeoutError) return ended({ kind: 'timed-out', afterSeconds: seconds, ...(reason === undefined ? {} : { waiting: reason, remedy }) });
        if (error instanceof InterruptedError) return ended({ kind: 'interrupted' });
        throw error;
      }
    };
    let end: HookEnd | undefined;
    try {
      end = await wait();
      return isOver(end.verdict) ? end : ended(await stop(end.verdict, tell));
    } finally {
      await logs.drain(end === undefined || end.verdict.kind === 'interrupted');
      await Promise.all(nudges);
    }
  });
}
