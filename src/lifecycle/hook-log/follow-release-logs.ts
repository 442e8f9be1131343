import { Cluster } from '../../cluster';
import { claimRef, findClaim } from '../run/claim-book';
import { Observer } from '../run/observer';
import { followRuns } from './follow-runs';
import { LogItem, LogsRequest } from './log-item';
import { openLogs } from './open-logs';
import { readReleaseLogs } from './read-release-logs';
import { RunningOperation, revisionInWork } from './running-operation';

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
    yield* followRuns({ cluster, observer, operation, secrets, from }, request.hook);
  } finally {
    observer.close();
  }
}
