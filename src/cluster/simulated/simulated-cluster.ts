import { GroupVersionKind, KubeObject, ObjectRef, refOf, toJson } from '../../vocabulary';
import { Access, Applied, ApplyOptions, Cluster, Deletion, KindInfo, ListQuery, LogQuery, Query, WatchEvent } from '../cluster';
import { ClusterError, ClusterErrorReason } from '../cluster-error';
import { describeTarget } from '../describe-target';
import { Deletions } from './deletion';
import { JobController } from './job-controller';
import { JobScripts, milliseconds } from './job-script';
import { kindInfo } from './kinds';
import { applied, mergePatch } from './merge';
import { ObjectStore } from './object-store';
import { PodController } from './pod-controller';
import { PodLogs } from './pod-logs';
import { withSecretData } from './secret-data';
import { VirtualClock } from './virtual-clock';
import { WorkloadController } from './workload-controller';

/** What a simulated cluster is like. */
export interface SimulatedClusterProps {
  /**
   * What happens in the Jobs, and in Pods that nobody owns.
   *
   * @default - every one succeeds after a second
   */
  readonly jobs?: JobScripts;

  /**
   * Names of workloads that never become ready.
   *
   * @default - every workload is ready after two seconds
   */
  readonly neverReady?: readonly string[];

  /**
   * What the user may not do, as reviews of access tell it; what a denial leaves open is denied whatever it is.
   *
   * @default - everything is allowed
   */
  readonly denials?: readonly Partial<Access>[];

  /**
   * What its clock shows when it starts.
   *
   * @default 2026-01-01T00:00:00Z
   */
  readonly start?: Date;
}

function isCovered(access: Access, denial: Partial<Access>): boolean {
  return Object.entries(denial).every(([field, value]) => access[field as keyof Access] === value);
}

const OWN_METADATA = ['uid', 'resourceVersion', 'generation', 'creationTimestamp', 'deletionTimestamp', 'finalizers', 'ownerReferences'];

/**
 * A cluster in memory, with a clock of its own and scripted Jobs. It forgets everything when the process ends.
 *
 * It keeps to the same contract as a real one, but has no admission, no quota and no owners of fields; what it denies it only says when it is asked.
 */
export class SimulatedCluster implements Cluster {
  readonly name = 'the simulated cluster';
  readonly clock: VirtualClock;
  readonly #store = new ObjectStore();
  readonly #logs = new PodLogs();
  readonly #deletions: Deletions;
  readonly #denials: readonly Partial<Access>[];
  /** What each manager applied last, by object. */
  readonly #lastApplied = new Map<string, KubeObject>();

  constructor({ jobs = {}, neverReady = [], denials = [], start = new Date('2026-01-01T00:00:00Z') }: SimulatedClusterProps = {}) {
    this.clock = new VirtualClock(start);
    this.#denials = denials;
    this.#deletions = new Deletions(this.#store, this.clock, this.#logs);
    for (const name of ['default', 'kube-system']) this.#store.add({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, this.clock.now());
    new JobController(this.#store, this.clock, this.#logs, jobs);
    new PodController(this.#store, this.clock, this.#logs, jobs);
    new WorkloadController(this.#store, this.clock, neverReady);
  }

  /** Does something at a time, counted from now: `cluster.at('2s', () => …)`. */
  at(delay: string, action: () => unknown): void {
    this.clock.after(milliseconds(delay), () => void action());
  }

  /** Every object there is, of whatever kind and in whatever namespace: what no single request tells. */
  objects(): readonly KubeObject[] {
    return structuredClone(this.#store.all());
  }

  async version(): Promise<string> {
    return 'v1.34.0';
  }

  async kind(kind: GroupVersionKind): Promise<KindInfo | undefined> {
    return kindInfo(kind, this.#store.list({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' }));
  }

  async denied(accesses: readonly Access[]): Promise<readonly Access[]> {
    return accesses.filter((access) => this.#denials.some((denial) => isCovered(access, denial)));
  }

  async get(ref: ObjectRef): Promise<KubeObject | undefined> {
    return this.#store.get(ref);
  }

  async list(query: ListQuery): Promise<readonly KubeObject[]> {
    const found = this.#store.list(query).slice(0, query.enough);
    return query.metadataOnly ? found.map(({ apiVersion, kind, metadata }) => ({ apiVersion, kind, metadata })) : found;
  }

  async create(sent: KubeObject): Promise<KubeObject> {
    const object = await this.#admitted('create', sent);
    const ref = refOf(object);
    if (this.#store.get(ref)) throw this.#refusal('already-exists', 'create', ref, 'an object of that name already exists', 409);
    return this.#store.add(object, this.clock.now());
  }

  async apply(sent: KubeObject, { fieldManager, dryRun = false }: ApplyOptions): Promise<Applied> {
    const object = await this.#admitted('patch', sent);
    const ref = refOf(object);
    const key = `${fieldManager}|${JSON.stringify(ref)}`;
    const live = this.#store.get(ref);
    const before = live && this.#lastApplied.get(`${key}|${live.metadata.uid}`);
    const result = live ? (applied(live, before, object) as KubeObject) : object;
    if (live && toJson(result) === toJson(live)) return { object: live, change: 'unchanged' };
    const own = Object.fromEntries(OWN_METADATA.flatMap((field) => (live?.metadata[field] === undefined ? [] : [[field, live.metadata[field]]])));
    const next = { ...result, metadata: { ...result.metadata, ...own } };
    if (dryRun) return { object: structuredClone(next), change: live ? 'changed' : 'created' };
    const stored = live ? this.#store.put(next) : this.#store.add(result, this.clock.now());
    this.#lastApplied.set(`${key}|${stored.metadata.uid}`, structuredClone(object));
    return { object: stored, change: live ? 'changed' : 'created' };
  }

  async replace(object: KubeObject): Promise<KubeObject> {
    const ref = refOf(object);
    const live = this.#existing('update', ref);
    const { resourceVersion } = object.metadata;
    if (resourceVersion !== undefined && resourceVersion !== live.metadata.resourceVersion) {
      throw this.#refusal('conflict', 'update', ref, 'the object has been modified', 409);
    }
    return this.#store.put(object);
  }

  async patch(ref: ObjectRef, patch: Readonly<Record<string, unknown>>): Promise<KubeObject> {
    const live = this.#existing('patch', ref);
    const version = (patch.metadata as { resourceVersion?: string } | undefined)?.resourceVersion;
    if (version !== undefined && version !== live.metadata.resourceVersion) throw this.#refusal('conflict', 'patch', ref, 'the object has been modified', 409);
    return this.#store.put(mergePatch(live, patch) as KubeObject);
  }

  async delete(ref: ObjectRef, { propagation, uid }: Deletion): Promise<boolean> {
    const live = this.#store.get(ref);
    if (!live) return false;
    if (uid !== undefined && live.metadata.uid !== uid) throw this.#refusal('conflict', 'delete', ref, 'another object has taken its name', 409);
    this.#deletions.start(live, propagation);
    return true;
  }

  watch(query: Query, signal: AbortSignal): AsyncIterable<WatchEvent> {
    return this.#store.watch(query, signal);
  }

  logs(query: LogQuery, signal: AbortSignal): AsyncIterable<string> {
    return this.#logs.read(query, signal);
  }

  #existing(verb: string, ref: ObjectRef): KubeObject {
    const live = this.#store.get(ref);
    if (!live) throw this.#refusal('not-found', verb, ref, 'there is no such object', 404);
    return live;
  }

  /** The object as a server takes it: a namespace means nothing to a kind that has none. */
  async #admitted(verb: string, object: KubeObject): Promise<KubeObject> {
    const ref = refOf(object);
    const kind = await this.kind(ref);
    if (!kind) throw this.#refusal('unknown-kind', verb, ref, `the cluster has no kind ${ref.kind} in ${ref.apiVersion}`, 404);
    if (!kind.namespaced) return { ...object, metadata: { ...object.metadata, namespace: undefined } };
    const namespace = this.#store.get({ apiVersion: 'v1', kind: 'Namespace', name: ref.namespace ?? '' });
    if (!namespace || namespace.metadata.deletionTimestamp) throw this.#refusal('not-found', verb, ref, `namespace "${ref.namespace}" not found`, 404);
    return withSecretData(object);
  }

  #refusal(reason: ClusterErrorReason, verb: string, ref: ObjectRef, message: string, status: number): ClusterError {
    return new ClusterError(reason, { verb, target: describeTarget(ref) }, message, { status });
  }
}
