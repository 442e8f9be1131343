import { LifecycleEvent, PlanSummary, everyHook } from '../lifecycle';
import { OutputLogPolicyName, describeRef } from '../vocabulary';
import { hookKey } from './hook-key';

/** Which logs of hooks are reported: all as they come; those that `helm.sh/hook-output-log-policy` asks for, after the hook has ended, as helm does; none. */
export type HookLogMode = 'all' | 'policy' | 'none';

/** Lines of one hook that are kept until it has ended. */
const MAX_LINES = 10_000;

type Report = (event: LifecycleEvent) => void;

/** The lines of a hook that runs, and how many of them were too many. */
interface Kept {
  readonly lines: LifecycleEvent[];
  dropped: number;
}

function byPolicy(report: Report): Report {
  const policies = new Map<string, readonly OutputLogPolicyName[]>();
  const running = new Map<string, Kept>();
  const learn = (plan: PlanSummary) => {
    for (const hook of everyHook(plan)) policies.set(hookKey(hook), hook.outputLogPolicies ?? []);
  };
  const keep = (event: Extract<LifecycleEvent, { kind: 'hook-log' }>) => {
    const key = hookKey(event);
    if ((policies.get(key) ?? []).length === 0) return;
    const kept = running.get(key) ?? { lines: [], dropped: 0 };
    running.set(key, kept);
    kept.lines.push(event);
    if (kept.lines.length <= MAX_LINES) return;
    kept.lines.shift();
    kept.dropped += 1;
  };
  const finish = (event: Extract<LifecycleEvent, { kind: 'hook-finished' | 'hook-retried' }>) => {
    const key = hookKey(event);
    const { lines, dropped } = running.get(key) ?? { lines: [], dropped: 0 };
    running.delete(key);
    report(event);
    if (!policies.get(key)?.includes(event.verdict.kind === 'succeeded' ? 'hook-succeeded' : 'hook-failed')) return;
    const message = `${dropped} lines of ${describeRef(event.hook)} are left out; only the last ${MAX_LINES} were kept`;
    if (dropped > 0) report({ at: event.at, kind: 'warning', message });
    lines.forEach(report);
  };
  return (event) => {
    if (event.kind === 'operation-started') learn(event.plan);
    if (event.kind === 'hook-log') keep(event);
    else if (event.kind === 'hook-finished' || event.kind === 'hook-retried') finish(event);
    else report(event);
  };
}

/** A listener that hands on what a mode lets through of the logs of hooks, and everything else. */
export function filterHookLogs(mode: HookLogMode, report: Report): Report {
  switch (mode) {
    case 'all':
      return report;
    case 'policy':
      return byPolicy(report);
    case 'none':
      return (event) => event.kind === 'hook-log' || report(event);
  }
}
