import { Cluster } from '../../cluster';
import { JournaledHook, KeptLog, LogTail, TAIL_LINES } from '../../release';
import { LifecycleError, describeRef } from '../../vocabulary';
import { podsOf, readLogs } from './pod-logs';
import { Operation } from './run-context';
import { SecretsInUse } from './secrets-in-use';

/**
 * What a hook that nobody has watched has printed so far. It is read before the hook is stopped: then its Pods go, and their logs with them.
 *
 * Of Secrets that cannot be read, the operation that follows warns.
 */
export async function* saveLog(cluster: Cluster, secretsInUse: () => Promise<SecretsInUse>, entry: JournaledHook): Operation<KeptLog | undefined> {
  const tail = new LogTail();
  try {
    const pods = await podsOf(cluster, entry);
    if (pods.length === 0) return undefined;
    const secrets = await secretsInUse();
    for await (const { line, ...source } of readLogs(cluster, pods, TAIL_LINES)) tail.add({ ...source, line: secrets.mask(line) });
  } catch (error) {
    if (!(error instanceof LifecycleError)) throw error;
    yield { kind: 'warning', message: `The log of ${describeRef(entry.hook)} is not kept: ${error.message}` };
  }
  return tail.kept();
}
