import { Cluster } from '../../cluster';
import { JournaledHook, LogTail, isUnfinished } from '../../release';
import { claimRef, findClaim } from '../run/claim-book';
import { HookLogs } from '../run/hook-logs';
import { HookPods } from '../run/hook-pods';
import { Observer } from '../run/observer';
import { telling } from '../run/run-context';
import { SecretsInUse } from '../run/secrets-in-use';
import { chosen } from './hook-choice';
import { LogItem, LogsRequest } from './log-item';
import { OpenLogs, openLogs } from './open-logs';
import { keptItems, lineItem, readReleaseLogs, stateOf } from './read-release-logs';
import { RunningOperation, revisionInWork } from './running-operation';

interface Following {
  readonly cluster: Cluster;
  readonly observer: Observer;
  readonly operation: RunningOperation;
  readonly secrets: SecretsInUse;
  readonly from: OpenLogs['from'];
}

/** Follows one run of a hook to its end, from its first line. */
async function* followHook(
  { cluster, observer, operation, secrets, from }: Following,
  entry: JournaledHook,
  now: () => JournaledHook | undefined,
): AsyncGenerator<LogItem, void> {
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

/**
 * The same as {@link readReleaseLogs}, and then what is still printed, until the hooks of the operation end that runs: this process or another may run it.
 *
 * @throws RefusedError where there is no such release, revision or hook
 */
export async function* followReleaseLogs(request: LogsRequest, cluster: Cluster): AsyncGenerator<LogItem, void> {
  const observer = new Observer(cluster, new AbortController().signal);
  try {
    const working = await revisionInWork(observer, request);
    const revision = request.revision ?? working;
    if (revision === undefined || revision !== working) return yield* readReleaseLogs(request, cluster);
    const owner = (await findClaim(cluster, request)) && claimRef(request);
    const operation = await RunningOperation.watch(cluster, observer, { ...request, revision, owner });
    await operation.until([], () => operation.hooks());
    const { secrets, from, warnings } = await openLogs(cluster, { ...request, revision });
    for (const message of warnings) yield { kind: 'note', message };
    for (let place = 0; ; place += 1) {
      const current = () => chosen(operation.hooks() ?? [], request.hook).at(place);
      const entry = (await operation.until([], current)) ?? chosen(await operation.final(), request.hook).at(place);
      if (!entry) return;
      for (const message of await secrets.read()) yield { kind: 'note', message };
      yield* followHook({ cluster, observer, operation, secrets, from }, entry, current);
    }
  } finally {
    observer.close();
  }
}
