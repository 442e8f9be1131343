import { Cluster } from '../../cluster';
import {
  HookSuccess, JOURNAL_SCHEMA, JOURNAL_SECRET_TYPE, Journal, JournaledHook, PassedHook, journalName, journalSecret, readJournalSecret, recordName,
  withoutSuccessOf,
} from '../../release';
import { KubeObject, ObjectRef, toJson } from '../../vocabulary';
import { inTurn } from './in-turn';

/** Which revision's journal. */
export interface JournalScope {
  readonly release: string;
  readonly namespace: string;
  readonly revision: number;
  /**
   * What begins the revision.
   *
   * @default - whoever made the journal has said it
   */
  readonly operation?: string;
  /**
   * The Secret with which the journal goes.
   *
   * @default - that of the revision's record
   */
  readonly owner?: ObjectRef;
}

function ownerRef({ release, namespace, revision, owner }: JournalScope): ObjectRef {
  return owner ?? { apiVersion: 'v1', kind: 'Secret', name: recordName(release, revision), namespace };
}

/** Whether a journal belongs to a release that is gone, and whose name another has by now: the garbage collector may be late. */
async function isStale(cluster: Cluster, scope: JournalScope, { metadata }: KubeObject): Promise<boolean> {
  const [owner] = (metadata.ownerReferences as readonly { readonly uid: string }[] | undefined) ?? [];
  return owner !== undefined && owner.uid !== (await cluster.get(ownerRef(scope)))?.metadata.uid;
}

/** The Secret that is the journal of a revision. */
export function journalRef({ release, namespace, revision }: JournalScope): ObjectRef {
  return { apiVersion: 'v1', kind: 'Secret', name: journalName(release, revision), namespace };
}

/** The journal of a revision, for those who only read; nothing where there is none. */
export async function findJournal(cluster: Cluster, scope: JournalScope): Promise<Journal | undefined> {
  const secret = await cluster.get(journalRef(scope));
  return secret && !(await isStale(cluster, scope, secret)) ? readJournalSecret(secret) : undefined;
}

/** The revisions of a release that have a journal, oldest first. */
export async function journalsOf(cluster: Cluster, { release, namespace }: Omit<JournalScope, 'revision'>): Promise<number[]> {
  const secrets = await cluster.list({ apiVersion: 'v1', kind: 'Secret', namespace, labels: { owner: 'cdk8s-lifecycle', name: release } });
  return secrets.filter(({ type }) => type === JOURNAL_SECRET_TYPE).map(({ metadata }) => Number(metadata.labels?.version)).sort((a, b) => a - b);
}

/** The journal of one revision: every hook is written down before it is created, and again with its UID and its end. */
export class JournalBook {
  /** Opens the journal of a revision; where there is none yet, the first entry makes it. */
  static async open(cluster: Cluster, scope: JournalScope): Promise<JournalBook> {
    const { release, revision, operation } = scope;
    const ref = journalRef(scope);
    const found = await cluster.get(ref);
    const secret = found && (await isStale(cluster, scope, found)) ? undefined : found;
    if (found && !secret) await cluster.delete(ref, { propagation: 'background', uid: found.metadata.uid });
    const begunBy = operation === undefined ? {} : { operation };
    const journal = secret ? readJournalSecret(secret) : { schema: JOURNAL_SCHEMA, release, revision, ...begunBy, hooks: [] } as const;
    return new JournalBook(cluster, scope, journal, secret);
  }

  readonly #cluster: Cluster;
  readonly #scope: JournalScope;
  readonly #journal: Omit<Journal, 'hooks' | 'successes' | 'passed'>;
  /** The entries by their places, in the order in which they are written. */
  readonly #hooks: Map<number, JournaledHook>;
  #next: number;
  #successes: readonly HookSuccess[];
  readonly #passed: PassedHook[];
  /** Several hooks may write at once. */
  readonly #write = inTurn(() => this.#send());
  #secret?: KubeObject;

  private constructor(cluster: Cluster, scope: JournalScope, journal: Journal, secret: KubeObject | undefined) {
    this.#cluster = cluster;
    this.#scope = scope;
    const { hooks, successes = [], passed = [], ...rest } = journal;
    this.#journal = rest;
    this.#hooks = new Map(hooks.entries());
    this.#next = hooks.length;
    this.#successes = successes;
    this.#passed = [...passed];
    this.#secret = secret;
  }

  /** Whether anything was ever written. */
  get exists(): boolean {
    return this.#secret !== undefined;
  }

  get hooks(): readonly JournaledHook[] {
    return [...this.#hooks.values()];
  }

  /** The hooks that count as done because nothing had changed. */
  get passed(): readonly PassedHook[] {
    return this.#passed;
  }

  get successes(): readonly HookSuccess[] {
    return this.#successes;
  }

  /** The entries, each with its place. */
  entries(): readonly (readonly [number, JournaledHook])[] {
    return [...this.#hooks];
  }

  /**
   * Makes the journal, so that the revision can be told from one of Helm's.
   *
   * @param successes what is known by now of hooks that run only where something has changed; without it, what the journal says
   */
  async begin(successes = this.#successes): Promise<void> {
    const isSaid = toJson(successes) === toJson(this.#successes);
    this.#successes = successes;
    if (!this.exists || !isSaid) await this.#write();
  }

  /** A hook is about to run: its last success no longer says anything. It is written with whatever comes next. */
  forget(hook: ObjectRef): void {
    this.#successes = withoutSuccessOf(this.#successes, hook);
  }

  /** Writes down the success of a hook that runs only where something has changed. */
  async remember(success: HookSuccess): Promise<void> {
    this.#successes = [...withoutSuccessOf(this.#successes, success.hook), success];
    await this.#write();
  }

  /** Writes down that a hook counts as done. */
  async pass(hook: PassedHook): Promise<void> {
    if (this.#passed.some((each) => toJson(each) === toJson(hook))) return;
    this.#passed.push(hook);
    await this.#write();
  }

  /** Adds an entry and returns its place. The first attempt of a test takes the place of its last run: a revision may be tested for ever. */
  async add(entry: JournaledHook): Promise<number> {
    const isLastRun = ({ event, hook }: JournaledHook) => event === 'test' && entry.event === 'test' && JSON.stringify(hook) === JSON.stringify(entry.hook);
    const lastRun = entry.attempt === undefined ? this.entries().filter(([, each]) => isLastRun(each)) : [];
    const [place = this.#next++, ...further] = lastRun.map(([each]) => each);
    for (const each of further) this.#hooks.delete(each);
    this.#hooks.set(place, entry);
    await this.#write();
    return place;
  }

  /** Changes the entry of a place. */
  async change(place: number, change: Partial<JournaledHook>): Promise<void> {
    this.#hooks.set(place, { ...this.#hooks.get(place)!, ...change });
    await this.#write();
  }

  async #send(): Promise<void> {
    const { namespace } = this.#scope;
    const journal = {
      ...this.#journal,
      hooks: this.hooks,
      ...(this.#successes.length === 0 ? {} : { successes: this.#successes }),
      ...(this.#passed.length === 0 ? {} : { passed: this.#passed }),
    };
    if (this.#secret) {
      const { data } = journalSecret(journal, namespace);
      this.#secret = await this.#cluster.replace({ ...this.#secret, data });
      return;
    }
    const owner = await this.#cluster.get(ownerRef(this.#scope));
    this.#secret = await this.#cluster.create(journalSecret(journal, namespace, owner), { before: 'nothing' });
  }
}
