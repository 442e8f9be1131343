import { Cluster, isClusterError } from '../../cluster';
import { History, RECORD_SECRET_TYPE, ReleaseRecord, StoredRecord, readRecordSecret, recordLabels, recordName, recordSecret, toHistory } from '../../release';
import { ReleaseLockedError } from '../plan';

/** The records of one release: Helm's own Secrets, in the namespace of the release. */
export class RecordStore {
  readonly #cluster: Cluster;
  readonly #namespace: string;
  readonly #release: string;
  readonly #stored = new Map<number, StoredRecord>();

  constructor(cluster: Cluster, release: string, namespace: string) {
    this.#cluster = cluster;
    this.#release = release;
    this.#namespace = namespace;
  }

  /** Every revision, oldest first. */
  async history(): Promise<History> {
    const secrets = await this.#cluster.list({ apiVersion: 'v1', kind: 'Secret', namespace: this.#namespace, labels: recordLabels(this.#release) });
    const records = secrets.filter(({ type }) => type === RECORD_SECRET_TYPE).map(readRecordSecret);
    this.#stored.clear();
    for (const stored of records) this.#stored.set(stored.record.version, stored);
    return toHistory(records);
  }

  /** Writes a revision: the first time it must not exist, afterwards it must be as it was written last. */
  async write(record: ReleaseRecord): Promise<void> {
    const before = this.#stored.get(record.version);
    const { labels = {}, resourceVersion } = before ?? {};
    const secret = recordSecret({ record, labels, resourceVersion }, this.#cluster.clock.now());
    const written = await (before ? this.#cluster.replace(secret) : this.#create(secret, record));
    this.#stored.set(record.version, { record, labels: written.metadata.labels ?? {}, resourceVersion: written.metadata.resourceVersion });
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
      return await this.#cluster.create(secret);
    } catch (error) {
      if (isClusterError(error, 'already-exists')) throw new ReleaseLockedError(record.name, record.version, 'already being written');
      throw error;
    }
  }
}
