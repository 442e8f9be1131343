import { Cluster } from '../../cluster';
import { JournaledHook, LogTail, isUnfinished } from '../../release';
import { HookLogs } from '../run/hook-logs';
import { HookPods } from '../run/hook-pods';
import { Observer } from '../run/observer';
import { telling } from '../run/run-context';
import { SecretsInUse } from '../run/secrets-in-use';
import { LogItem } from './log-item';
import { OpenLogs } from './open-logs';
import { keptItems, lineItem, stateOf } from './read-release-logs';
import { RunningOperation } from './running-operation';

/** The operation that is followed, and what is needed for it. */
export interface Following {
  readonly cluster: Cluster;
  readonly observer: Observer;
  readonly operation: RunningOperation;
  readonly secrets: SecretsInUse;
  readonly from: OpenLogs['from'];
}

/** One run of a hook of the operation. */
export interface Run {
  readonly kind: 'run';
  /** Which one it is of those that are followed, from 0 on. */
  readonly place: number;
  /** What the journal said of it when it was found. */
  readonly entry: JournaledHook;
  /** What the journal says of it by now. */
  readonly now: () => JournaledHook | undefined;
}

/** Follows one run of a hook to its end, from its first line. */
export async function* followRun({ cluster, observer, operation, secrets, from }: Following, { entry, now }: Run): AsyncGenerator<LogItem, void> {
  const { hook } = entry;
  let printed = false;
  yield { kind: 'hook', ...stateOf(entry) };
  yield* telling<void, LogItem>(async (tell) => {
    const mirror = await observer.mirror({ apiVersion: 'v1', kind: 'Pod', namespace: hook.namespace });
    const note = (message: string) => tell({ kind: 'note', message });
    let pods: HookPods | undefined;
    const logs = new HookLogs(cluster, {
      tell: (line, among) => {
        printed = true;
        tell(lineItem(entry, among, line));
      },
      warn: note,
      mask: secrets.mask,
      tail: new LogTail(),
    });
    await operation.until([mirror], () => {
      const current = now();
      const known = current?.uid ?? entry.uid;
      if (known !== undefined && from === 'pods') {
        pods ??= new HookPods({ ...hook, metadata: { uid: known } }, mirror);
        logs.follow(pods.refresh());
      }
      return current && !isUnfinished(current) ? true : undefined;
    });
    await logs.drain();
  });
  const ended = now() ?? entry;
  if (!printed) yield* keptItems(ended, from);
  if (isUnfinished(entry)) yield { kind: 'hook', ...stateOf(ended) };
}
