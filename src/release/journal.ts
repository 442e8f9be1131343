import { HookEventName, KubeObject, LifecycleError, OURS, ObjectRef } from '../vocabulary';
import { HookSuccess, PassedHook, isHookSuccess, isPassedHook } from './hook-success';
import { KeptLog, LogPart } from './log-tail';

/** The form of the journal that this program writes; one that is newer it does not touch. */
export const JOURNAL_SCHEMA = 1;

/** The type of the Secrets that hold journals. */
export const JOURNAL_SECRET_TYPE = `${OURS}journal.v1`;

/** One run of one hook. It is unfinished as long as a Pod of it may run. */
export interface JournaledHook {
  readonly event: HookEventName;
  readonly hook: ObjectRef;
  /** Its weight; absent where that is 0. */
  readonly weight?: number;
  /** Which attempt of a hook that is run once more when it fails; absent for the first. */
  readonly attempt?: number;
  /** Absent until the object has been created; a crash in between leaves only the name. */
  readonly uid?: string;
  readonly state: 'creating' | 'running' | 'stopping' | 'succeeded' | 'failed';
  readonly startedAt: string;
  readonly completedAt?: string;
  /** How it ended, as part of a sentence: `failed: container "main" exited 1`. */
  readonly verdict?: string;
  /** What it printed last. */
  readonly log?: KeptLog;
}

/** What is known of a revision beyond Helm's record: Helm drops the fields that it does not know. */
export interface Journal {
  readonly schema: typeof JOURNAL_SCHEMA;
  readonly release: string;
  readonly revision: number;
  /** What the revision was begun by: `upgrade`. */
  readonly operation?: string;
  readonly hooks: readonly JournaledHook[];
  /** The last successes of hooks that run only where something has changed, in this revision or an earlier one; absent where there are none. */
  readonly successes?: readonly HookSuccess[];
  /** The hooks that were passed over in this revision because nothing had changed; absent where there are none. */
  readonly passed?: readonly PassedHook[];
}

/** The name of the Secret that holds the journal of a revision. */
export function journalName(release: string, revision: number): string {
  return `cdk8s-lifecycle.v1.${release}.v${revision}`;
}

/** Whether a Pod of the hook may still run. */
export function isUnfinished({ state }: JournaledHook): boolean {
  return state === 'creating' || state === 'running' || state === 'stopping';
}

/** A journal is not larger than this, in bytes: half of what a Secret holds. */
export const MAX_JOURNAL_BYTES = 512 * 1024;

/**
 * The journal without the oldest logs, if it would be too large with them; what was dropped is marked as cut. Where it still is, it is without successes, too:
 * their hooks run once more than they have to.
 */
function bounded(journal: Journal): Journal {
  let excess = Buffer.byteLength(JSON.stringify(journal)) - MAX_JOURNAL_BYTES;
  const hooks = journal.hooks.map((hook): JournaledHook => {
    if (excess <= 0 || !hook.log || hook.log.parts.length === 0) return hook;
    const log: KeptLog = { parts: [], cut: true };
    excess -= Buffer.byteLength(JSON.stringify(hook.log)) - Buffer.byteLength(JSON.stringify(log));
    return { ...hook, log };
  });
  const { successes: _successes, ...rest } = journal;
  return excess <= 0 ? { ...journal, hooks } : { ...rest, hooks };
}

/** The Secret of a journal; owned by that of the record, so that it goes with it, whoever deletes that. */
export function journalSecret(journal: Journal, namespace: string, record?: KubeObject): KubeObject {
  const owner = record && { apiVersion: 'v1', kind: 'Secret', name: record.metadata.name, uid: record.metadata.uid };
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: journalName(journal.release, journal.revision),
      namespace,
      labels: { owner: 'cdk8s-lifecycle', name: journal.release, version: String(journal.revision) },
      ...(owner === undefined ? {} : { ownerReferences: [owner] }),
    },
    type: JOURNAL_SECRET_TYPE,
    data: { journal: Buffer.from(JSON.stringify(bounded(journal))).toString('base64') },
  };
}

function areStrings(values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === 'string');
}

function isLog(value: unknown): value is KeptLog {
  const { parts } = (value ?? {}) as Partial<KeptLog>;
  return Array.isArray(parts) && (parts as readonly Partial<LogPart>[]).every((part) => {
    const { pod, container, lines } = part ?? {};
    return areStrings([pod, container]) && Array.isArray(lines) && areStrings(lines);
  });
}

function isHook(value: unknown): value is JournaledHook {
  const { hook, state, verdict = '', log } = (value ?? {}) as Partial<JournaledHook>;
  return areStrings([state, verdict]) && (log === undefined || isLog(log)) && areStrings([hook?.apiVersion, hook?.kind, hook?.name]);
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem);
}

/** A newer one may look otherwise; this program only says so. */
function isJournal(value: unknown): value is Journal {
  const { schema, hooks, successes = [], passed = [] } = (value ?? {}) as Partial<Journal>;
  if (!Number.isInteger(schema)) return false;
  return schema! > JOURNAL_SCHEMA || (isListOf(hooks, isHook) && isListOf(successes, isHookSuccess) && isListOf(passed, isPassedHook));
}

/**
 * Reads the Secret of a journal.
 *
 * @throws LifecycleError that names the Secret, and nothing else
 */
export function readJournalSecret({ metadata, data }: KubeObject): Journal {
  const where = `Secret ${metadata.namespace}/${metadata.name}`;
  const encoded = (data as Readonly<Record<string, unknown>> | null | undefined)?.journal;
  let journal: unknown;
  try {
    journal = JSON.parse(Buffer.from(typeof encoded === 'string' ? encoded : '', 'base64').toString('utf8'));
  } catch {
    journal = undefined; // what the parser says would quote the journal
  }
  if (!isJournal(journal)) {
    throw new LifecycleError('cluster', `${where} holds no readable journal`, { remedy: 'Make sure that no hook of the release runs, then delete that Secret.' });
  }
  if (journal.schema > JOURNAL_SCHEMA) {
    throw new LifecycleError('refused', `${where} was written by a newer cdk8s-lifecycle (schema ${journal.schema}, this one knows ${JOURNAL_SCHEMA})`, {
      remedy: 'Use at least that version for this release.',
    });
  }
  return journal;
}
