import { Cluster, isClusterError } from '../../cluster';
import { JournaledHook, isUnfinished, keptLines } from '../../release';
import { LogLine, LogSources, describeRef, sourcesOf } from '../../vocabulary';
import { RefusedError } from '../plan';
import { podsOf, readLogs, sourcesOfPods } from '../run/pod-logs';
import { chosen } from './hook-choice';
import { HookRunState, LogItem, LogsRequest } from './log-item';
import { OpenLogs, openLogs } from './open-logs';

/** What is told of a run before its lines. */
export function stateOf({ event, hook, attempt, state, verdict, startedAt, completedAt }: JournaledHook): HookRunState {
  const optional = {
    ...(attempt === undefined ? {} : { attempt }),
    ...(verdict === undefined ? {} : { verdict }),
    ...(completedAt === undefined ? {} : { completedAt }),
  };
  return { event, hook, state, startedAt, ...optional };
}

/** A line as an item. */
export function lineItem({ event, hook }: JournaledHook, among: LogSources | undefined, line: LogLine): LogItem {
  return { kind: 'line', event, hook, ...(among === undefined ? {} : { among }), ...line };
}

/** What to know of lines that the journal kept; nothing where they are all that there was. */
function noteOf({ hook, log }: JournaledHook, count: number, from: OpenLogs['from']): string | undefined {
  if (!log) return `${describeRef(hook)} has printed nothing${from === 'pods' ? ', and its Pods are gone' : ''}`;
  const what = log.cut ? `only the last ${count} lines were kept` : 'this is what was kept of the log';
  if (from === 'pods') return `The Pods of ${describeRef(hook)} are gone; ${what}`;
  return log.cut ? `Of the log of ${describeRef(hook)} ${what}` : undefined;
}

/** The lines that the journal kept. */
export function* keptItems(entry: JournaledHook, from: OpenLogs['from'] = 'pods'): Generator<LogItem, void> {
  const { hook, log } = entry;
  if (isUnfinished(entry) && !log) {
    if (from === 'journal') yield { kind: 'note', message: `${describeRef(hook)} still runs; what it prints is there when it has ended` };
    return;
  }
  const lines = log ? keptLines(log) : [];
  const message = noteOf(entry, lines.length, from);
  if (message !== undefined) yield { kind: 'note', message };
  const among = sourcesOf(lines);
  for (const line of lines) yield lineItem(entry, among, line);
}

/** After an automatic rollback the logs that are wanted are those of the revision that failed. */
function noneText(revision: number, { release, namespace, revision: asked }: LogsRequest): string {
  const before = asked === undefined && revision > 1 ? `; of the one before: cdk8s-lifecycle logs ${release} --revision ${revision - 1} -n ${namespace}` : '';
  return `No hook of revision ${revision} that prints anything has run${before}`;
}

/**
 * The logs of a revision's hooks, in the order in which they ran: whole where the Pods are still there, else what the journal kept.
 *
 * @throws RefusedError where there is no such release, revision or hook
 */
export async function* readReleaseLogs(request: LogsRequest, cluster: Cluster): AsyncGenerator<LogItem, void> {
  const { revision, journal, from, secrets, warnings } = await openLogs(cluster, request);
  for (const message of warnings) yield { kind: 'note', message };
  const entries = chosen(journal.hooks, request.hook);
  if (entries.length === 0 && request.hook !== undefined) {
    throw new RefusedError(`Hook "${request.hook}" of revision ${revision} has not run`, 'See which have: cdk8s-lifecycle status');
  }
  if (entries.length === 0) yield { kind: 'note', message: noneText(revision, request) };
  for (const entry of entries) {
    yield { kind: 'hook', ...stateOf(entry) };
    if (from === 'journal') {
      yield* keptItems(entry, from);
      continue;
    }
    const pods = await podsOf(cluster, entry);
    const among = sourcesOfPods(pods);
    let printed = false;
    try {
      for await (const { line, ...source } of readLogs(cluster, pods)) {
        yield lineItem(entry, among, { ...source, line: secrets.mask(line) });
        printed = true;
      }
    } catch (error) {
      // A node may be gone, or its log: the other hooks have theirs.
      if (!isClusterError(error) || error.reason === 'unreachable') throw error;
      yield { kind: 'note', message: error.message };
    }
    if (!printed && (pods.length === 0 || entry.log)) yield* keptItems(entry);
  }
}
