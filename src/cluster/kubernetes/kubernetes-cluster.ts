import { isDeepStrictEqual } from 'node:util';
import { GroupVersionKind, KubeObject, ObjectRef } from '../../vocabulary';
import { systemClock } from '../clock';
import { Access, Applied, ApplyOptions, Cluster, Deletion, KindInfo, ListQuery, LogQuery, ObjectHead, Query, WatchEvent } from '../cluster';
import { isClusterError } from '../cluster-error';
import { describeQuery, describeTarget } from '../describe-target';
import { denied } from './access-review';
import { ConnectionOptions } from './connection-options';
import { Discovery, apiPath } from './discovery';
import { loadKubeConfig } from './kube-config';
import { lines } from './lines';
import { ManagedFieldsEntry, adoptUpdates, droppedFields, takesFromOthers } from './managed-fields';
import { removeFields } from './remove-fields';
import { readAnswer, statusError } from './status-error';
import { Answer, Call, Transport } from './transport';
import { Page, selectors, watch } from './watch';

/** Objects a page of a list. */
const PAGE = 500;

/** The form of a list that leaves out what the objects hold. */
const HEADS = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

interface ListBody {
  readonly items: readonly KubeObject[];
  readonly metadata: { readonly resourceVersion: string; readonly continue?: string };
}

function refOf({ apiVersion, kind, metadata }: KubeObject): ObjectRef {
  return { apiVersion, kind, name: metadata.name!, namespace: metadata.namespace };
}

function managedFieldsOf({ metadata }: ObjectHead): ManagedFieldsEntry[] {
  return (metadata.managedFields ?? []) as ManagedFieldsEntry[];
}

/** Whether the object is as it was. What a dry run answers with has the old version whatever it changes, and new managedFields. */
function isSame(after: KubeObject, before: ObjectHead | undefined, dryRun: boolean): boolean {
  const content = (object?: ObjectHead) => object && { ...object, metadata: { ...object.metadata, managedFields: undefined, generation: undefined } };
  return dryRun ? isDeepStrictEqual(content(after), content(before)) : after.metadata.resourceVersion === before?.metadata.resourceVersion;
}

/** A real cluster, through its API server. */
export class KubernetesCluster implements Cluster {
  /** Reads the kubeconfig that the options and the environment name. No server is asked yet. */
  static connect(options: ConnectionOptions = {}): KubernetesCluster {
    const config = loadKubeConfig(options);
    const namespace = config.getContextObject(config.getCurrentContext())?.namespace || 'default';
    return new KubernetesCluster(new Transport(config), namespace);
  }

  readonly clock = systemClock;
  readonly name: string;
  /** The namespace that the kubeconfig's context names, else `default`. */
  readonly defaultNamespace: string;
  readonly #transport: Transport;
  readonly #discovery: Discovery;

  private constructor(transport: Transport, defaultNamespace: string) {
    this.defaultNamespace = defaultNamespace;
    this.#transport = transport;
    this.#discovery = new Discovery(transport);
    this.name = transport.server;
  }

  /** Ends the connections that are kept for the next request. */
  close(): void {
    this.#transport.close();
  }

  async version(): Promise<string> {
    const { body } = await this.#ask({ verb: 'get', target: 'the version of the server', method: 'GET', path: '/version' });
    return (body as { readonly gitVersion: string }).gitVersion;
  }

  async kind(kind: GroupVersionKind): Promise<KindInfo | undefined> {
    const resource = await this.#discovery.find(kind);
    return resource && { namespaced: resource.namespaced, plural: resource.name };
  }

  denied(accesses: readonly Access[]): Promise<readonly Access[]> {
    return denied((call) => this.#ask(call), accesses);
  }

  async get(ref: ObjectRef): Promise<KubeObject | undefined> {
    try {
      return (await this.#ask({ ...(await this.#object('get', ref)), method: 'GET' })).body as KubeObject;
    } catch (error) {
      if (isClusterError(error, 'not-found')) return undefined;
      throw error;
    }
  }

  async list(query: ListQuery): Promise<readonly KubeObject[]> {
    return (await this.#list(query)).objects;
  }

  async create(object: KubeObject): Promise<KubeObject> {
    const ref = refOf(object);
    const target = describeTarget(ref);
    const { path } = await this.#collection('create', ref, target);
    const query = { fieldManager: 'helm', fieldValidation: 'Strict' };
    return (await this.#ask({ verb: 'create', target, method: 'POST', path, query, body: object })).body as KubeObject;
  }

  async apply(object: KubeObject, options: ApplyOptions): Promise<Applied> {
    const { fieldManager, before, dryRun = false } = options;
    if (before === 'nothing' && !dryRun) return this.#applyNew(object, options);
    const isKnown = before && before !== 'nothing' && !dryRun && !adoptUpdates(managedFieldsOf(before), fieldManager);
    if (isKnown) return this.#apply(object, before, options);
    const live = await this.get(refOf(object));
    if (live && dryRun) return this.#rehearse(object, live, options);
    if (live) await this.#adopt(live, fieldManager);
    return this.#apply(object, live, options);
  }

  async replace(object: KubeObject): Promise<KubeObject> {
    return (await this.#ask({ ...(await this.#object('update', refOf(object))), method: 'PUT', body: object })).body as KubeObject;
  }

  async patch(ref: ObjectRef, patch: Readonly<Record<string, unknown>>): Promise<KubeObject> {
    const call = await this.#object('patch', ref);
    return (await this.#ask({ ...call, method: 'PATCH', body: patch, contentType: 'application/merge-patch+json' })).body as KubeObject;
  }

  async delete(ref: ObjectRef, { propagation, uid }: Deletion): Promise<boolean> {
    const policies = { background: 'Background', foreground: 'Foreground', orphan: 'Orphan' };
    const body = { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: policies[propagation], ...(uid === undefined ? {} : { preconditions: { uid } }) };
    try {
      await this.#ask({ ...(await this.#object('delete', ref)), method: 'DELETE', body });
      return true;
    } catch (error) {
      if (isClusterError(error, 'not-found')) return false;
      throw error;
    }
  }

  async *watch(query: Query, signal: AbortSignal): AsyncGenerator<WatchEvent, void> {
    const { path } = await this.#collection('watch', query, describeQuery(query));
    yield* watch({ transport: this.#transport, path, list: () => this.#list(query) }, query, signal);
  }

  async *logs({ namespace, pod, container, follow = false, tailLines }: LogQuery, signal: AbortSignal): AsyncGenerator<string, void> {
    const request = { verb: 'get', target: `the log of Pod/${pod} in namespace ${namespace}` };
    const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/log`;
    const query = { container, follow: String(follow), tailLines: tailLines === undefined ? undefined : String(tailLines) };
    try {
      const response = await this.#transport.send({ ...request, method: 'GET', path, query, signal });
      if (response.statusCode === 200) return yield* lines(response);
      const text: string[] = [];
      for await (const line of lines(response)) text.push(line);
      const answer = readAnswer(text.join('\n'));
      const none = response.statusCode === 404 || (response.statusCode === 400 && /waiting to start|not available/.test(text.join('\n')));
      if (none) return;
      throw statusError(request, response.statusCode ?? 0, answer);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  /** An apply of what is not there. Should it be there all the same, it is applied as what is there is: fields of Helm 3 may have to be adopted. */
  async #applyNew(object: KubeObject, options: ApplyOptions): Promise<Applied> {
    const asLive = () => this.apply(object, { ...options, before: undefined });
    try {
      const applied = await this.#apply(object, undefined, options);
      const isWhole = applied.change === 'created' || !adoptUpdates(managedFieldsOf(applied.object), options.fieldManager);
      return isWhole ? applied : { ...(await asLive()), change: 'changed' };
    } catch (error) {
      if (isClusterError(error, 'conflict')) return asLive();
      throw error;
    }
  }

  async #apply(object: KubeObject, live: ObjectHead | undefined, { fieldManager, force = false, dryRun = false }: ApplyOptions): Promise<Applied> {
    const { status, body } = await this.#ask({
      ...(await this.#object('patch', refOf(object))),
      method: 'PATCH',
      query: { fieldManager, force: String(force), fieldValidation: 'Strict', dryRun: dryRun ? 'All' : undefined },
      body: object,
      contentType: 'application/apply-patch+yaml',
    });
    const after = body as KubeObject;
    if (status === 201) return { object: after, change: 'created' };
    return { object: after, change: isSame(after, live, dryRun) ? 'unchanged' : 'changed' };
  }

  /**
   * A dry run of an apply to an object that is there. Of a dry run nothing is left for the next, so fields that Helm 3 owns cannot be adopted before; instead the
   * apply takes them by force, and a second dry run leaves out those that it would have dropped.
   */
  async #rehearse(object: KubeObject, live: KubeObject, { fieldManager, force, dryRun }: ApplyOptions): Promise<Applied> {
    const before = managedFieldsOf(live);
    const adopted = adoptUpdates(before, fieldManager);
    const plain = () => this.#apply(object, live, { fieldManager, force, dryRun });
    if (!adopted) return plain();
    const forced = await this.#apply(object, live, { fieldManager, force: true, dryRun });
    const after = managedFieldsOf(forced.object);
    if (!force && takesFromOthers(before, after, fieldManager)) return plain(); // which is refused, with the names of those others
    const dropped = droppedFields(adopted, after, fieldManager);
    if (Object.keys(dropped).length === 0) return forced;
    const { managedFields: _managed, ...metadata } = forced.object.metadata;
    const rest = removeFields({ ...forced.object, metadata }, dropped);
    const call = { ...(await this.#object('update', refOf(live))), method: 'PUT' as const, query: { fieldManager, dryRun: 'All' }, body: rest };
    const left = (await this.#ask(call)).body as KubeObject;
    return { object: left, change: isSame(left, live, true) ? 'unchanged' : 'changed' };
  }

  /** Fields that Helm 3 owns by updates must be owned by apply before an apply can drop them. */
  async #adopt(live: KubeObject, fieldManager: string): Promise<void> {
    const { resourceVersion } = live.metadata;
    const managedFields = adoptUpdates(managedFieldsOf(live), fieldManager);
    if (managedFields) await this.patch(refOf(live), { metadata: { resourceVersion, managedFields } });
  }

  async #list(query: ListQuery): Promise<Page> {
    const target = describeQuery(query);
    const { path } = await this.#collection('list', query, target);
    const { enough = Infinity, metadataOnly } = query;
    const call = { verb: 'list', target, method: 'GET', path, ...(metadataOnly ? { accept: HEADS } : {}) } as const;
    const objects: KubeObject[] = [];
    let token: string | undefined;
    for (;;) {
      const limit = String(Math.min(PAGE, enough - objects.length));
      const { body } = await this.#ask({ ...call, query: { limit, continue: token, ...selectors(query) } });
      const { items, metadata } = body as ListBody;
      // The items of a list do not say what they are; the list does.
      objects.push(...items.map((item) => ({ ...item, apiVersion: query.apiVersion, kind: query.kind })));
      token = metadata.continue;
      if (!token || objects.length >= enough) return { objects, resourceVersion: metadata.resourceVersion };
    }
  }

  async #collection(verb: string, kind: GroupVersionKind & { readonly namespace?: string }, target: string): Promise<{ readonly path: string }> {
    const { name, namespaced } = await this.#discovery.get(kind, verb, target);
    const scope = namespaced && kind.namespace !== undefined ? `/namespaces/${encodeURIComponent(kind.namespace)}` : '';
    return { path: `${apiPath(kind.apiVersion)}${scope}/${name}` };
  }

  async #object(verb: string, ref: ObjectRef): Promise<Pick<Call, 'verb' | 'target' | 'path'>> {
    const target = describeTarget(ref);
    const { path } = await this.#collection(verb, ref, target);
    return { verb, target, path: `${path}/${encodeURIComponent(ref.name)}` };
  }

  async #ask(call: Call): Promise<Answer> {
    const answer = await this.#transport.json(call);
    if (answer.status >= 300) throw statusError(call, answer.status, answer.body, answer.retryAfterSeconds);
    return answer;
  }
}
