import { Cluster, isClusterError } from '../../cluster';
import {
  History, RECORD_SECRET_TYPE, ReleaseRecord, StoredRecord, UnreadableRecord, indispensable, readRecordSecrets, recordLabels, recordName,
  recordSecret,
} from '../../release';
import { RefusedError, ReleaseLockedError } from '../plan';

/** The records of one release: Helm's own Secrets, in the namespace of the release. */
export class RecordStore {
  readonly #cluster: Cluster;
  readonly #namespace: string;
  readonly #release: string;
  readonly #stored = new Map<number, StoredRecord>();
  #unreadable: readonly UnreadableRecord[] = [];

  constructor(cluster: Cluster, release: string, namespace: string) {
    this.#cluster = cluster;
    this.#release = release;
    this.#namespace = namespace;
  }

  /** What could not be read when the records were read last. */
  get unreadable(): readonly UnreadableRecord[] {
    return this.#unreadable;
  }

  /**
   * Every revision, oldest first.
   *
   * @throws LifecycleError where one cannot be read that no operation may overlook
   */
  async history(): Promise<History> {
    const history = await this.readable();
    const missing = indispensable({ history, unreadable: this.#unreadable });
    if (missing) throw missing.error;
    return history;
  }

  /** Every revision that can be read, oldest first. */
  async readable(): Promise<History> {
    const secrets = await this.#cluster.list({ apiVersion: 'v1', kind: 'Secret', namespace: this.#namespace, labels: recordLabels(this.#release) });
    const { history, unreadable } = readRecordSecrets(this.#release, secrets);
    this.#unreadable = unreadable;
    this.#stored.clear();
    for (const stored of history) this.#stored.set(stored.record.version, stored);
    return history;
  }

  /** Every revision that was read or written last, oldest first. */
  known(): History {
    return [...this.#stored.values()].sort((one, other) => one.record.version - other.record.version);
  }

  /** Writes a revision: the first time it must not exist, afterwards it must be as it was written last. */
  async write(record: ReleaseRecord): Promise<void> {
    const before = this.#stored.get(record.version);
    const { labels = {}, resourceVersion } = before ?? {};
    const secret = recordSecret({ record, labels, resourceVersion }, this.#cluster.clock.now());
    const written = await (before ? this.#cluster.replace(secret) : this.#create(secret, record));
    this.#stored.set(record.version, { record, labels: written.metadata.labels ?? {}, resourceVersion: written.metadata.resourceVersion });
  }

  /** The revisions that were read or written last, oldest first. */
  revisions(): number[] {
    return [...this.#stored.keys()].sort((a, b) => a - b);
  }

  /** The revision as it was read or written last. */
  get(revision: number): ReleaseRecord | undefined {
    return this.#stored.get(revision)?.record;
  }

  /** Deletes a revision; one that is gone already is no error. */
  async delete(revision: number): Promise<void> {
    await this.#cluster.delete(
      { apiVersion: 'v1', kind: 'Secret', name: recordName(this.#release, revision), namespace: this.#namespace },
      { propagation: 'background' },
    );
    this.#stored.delete(revision);
  }

  /** That the name is free is what keeps two operations apart: only one can create the Secret of a revision. */
  async #create(secret: ReturnType<typeof recordSecret>, record: ReleaseRecord): Promise<ReturnType<typeof recordSecret>> {
    try {
      return await this.#cluster.create(secret, { before: 'nothing' }); // as the list of all revisions has said
    } catch (error) {
      if (!isClusterError(error, 'already-exists')) throw error;
      const name = recordName(record.name, record.version);
      const { metadata, type } = (await this.#cluster.get({ apiVersion: 'v1', kind: 'Secret', name, namespace: this.#namespace })) ?? secret;
      if (type === RECORD_SECRET_TYPE && metadata.labels?.owner === 'helm' && metadata.labels.name === record.name) {
        throw new ReleaseLockedError(record.name, record.version, 'already being written');
      }
      throw new RefusedError(
        `Secret ${this.#namespace}/${name} exists and is no release record: its type or its labels are not Helm's`,
        `Rename or delete it; revision ${record.version} needs the name.`,
      );
    }
  }
}
