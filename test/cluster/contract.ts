import { Cluster, ClusterErrorReason, Query, WatchEvent } from '../../src/cluster';
import { KubeObject, ObjectRef } from '../../src/vocabulary';

/** A cluster, and a namespace of it that is ours alone. */
export interface Bench {
  readonly cluster: Cluster;
  readonly namespace: string;
  /** The same cluster for a user who may get and patch ConfigMap `mine` in the namespace, and nothing else. */
  readonly restricted: Cluster;
}

type Case = (bench: Bench) => Promise<void>;

function configMap(namespace: string, name: string, data: Record<string, string> = { key: 'one' }): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace, labels: { app: name } }, data };
}

/** A UID that nothing has. */
const UID = '11111111-1111-4111-8111-111111111111';

function warning(namespace: string, name: string, type: 'Warning' | 'Normal'): KubeObject {
  const involvedObject = { apiVersion: 'batch/v1', kind: 'Job', name, namespace, uid: UID };
  return { apiVersion: 'v1', kind: 'Event', metadata: { name, namespace }, involvedObject, type, reason: 'FailedCreate', message: 'why' };
}

/** A Job that prints `one` and `two`; the simulated cluster has a script for it. */
export function speaking(namespace: string): KubeObject {
  const container = { name: 'main', image: 'docker.io/library/busybox:1.35', imagePullPolicy: 'IfNotPresent', command: ['sh', '-c', 'echo one; echo two'] };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'speaks', namespace },
    spec: { backoffLimit: 0, template: { spec: { restartPolicy: 'Never', terminationGracePeriodSeconds: 1, containers: [container] } } },
  };
}

function refOf({ apiVersion, kind, metadata }: KubeObject): ObjectRef {
  return { apiVersion, kind, name: metadata.name!, namespace: metadata.namespace };
}

async function refused(promise: Promise<unknown>, reason: ClusterErrorReason): Promise<void> {
  await expect(promise).rejects.toMatchObject({ code: 'cluster', reason });
}

/** Reads a watch until an event is the one that is looked for. */
async function next(events: AsyncIterator<WatchEvent>, matches: (event: WatchEvent) => boolean): Promise<WatchEvent> {
  for (;;) {
    const { value, done } = await events.next();
    if (done) throw new Error('the watch ended');
    if (matches(value)) return value;
  }
}

function about(kind: WatchEvent['kind'], name: string): (event: WatchEvent) => boolean {
  return (event) => event.kind === kind && event.kind !== 'listed' && event.object.metadata.name === name;
}

async function eventually(query: Query, cluster: Cluster, matches: (event: WatchEvent) => boolean): Promise<void> {
  const over = new AbortController();
  try {
    await next(cluster.watch(query, over.signal)[Symbol.asyncIterator](), matches);
  } finally {
    over.abort();
  }
}

async function podOf(job: KubeObject, { cluster, namespace }: Bench): Promise<KubeObject> {
  await cluster.create(job);
  const query = { apiVersion: 'v1', kind: 'Pod', namespace, labels: { 'job-name': job.metadata.name! } };
  const ended = ({ status }: KubeObject) => (status as { phase?: string } | undefined)?.phase === 'Succeeded';
  await eventually(query, cluster, (event) => (event.kind === 'listed' ? event.objects.some(ended) : ended(event.object)));
  return (await cluster.list(query))[0];
}

/** What every cluster does, method by method of the port: a method that is missing here does not compile. */
const CONTRACT: { readonly [Method in keyof Cluster]: Readonly<Record<string, Case>> } = {
  clock: {
    'sleep takes as long as it says, by its own now': async ({ cluster: { clock } }) => {
      const before = clock.now().getTime();
      await clock.sleep(30);
      expect(clock.now().getTime() - before).toBeGreaterThanOrEqual(29);
    },
    'an aborted sleep ends at once': async ({ cluster: { clock } }) => {
      const controller = new AbortController();
      const before = clock.now().getTime();
      const sleeping = clock.sleep(60_000, controller.signal);
      controller.abort();
      await sleeping;
      expect(clock.now().getTime() - before).toBeLessThan(10_000);
    },
  },
  name: {
    'it is not empty': async ({ cluster }) => {
      expect(cluster.name).not.toBe('');
    },
  },
  version: {
    'it names a version of Kubernetes': async ({ cluster }) => {
      expect(await cluster.version()).toMatch(/^v1\.\d+\.\d+/);
    },
  },
  kind: {
    'kinds with and without namespaces are told apart': async ({ cluster }) => {
      expect(await cluster.kind({ apiVersion: 'batch/v1', kind: 'Job' })).toEqual({ namespaced: true, plural: 'jobs' });
      expect(await cluster.kind({ apiVersion: 'v1', kind: 'Namespace' })).toEqual({ namespaced: false, plural: 'namespaces' });
    },
    'the plural is that of the paths, however it is formed': async ({ cluster }) => {
      const kinds = ['Endpoints', 'Ingress', 'NetworkPolicy'] as const;
      const found = await Promise.all(kinds.map((kind) => cluster.kind({ apiVersion: kind === 'Endpoints' ? 'v1' : 'networking.k8s.io/v1', kind })));
      expect(found.map((info) => info?.plural)).toEqual(['endpoints', 'ingresses', 'networkpolicies']);
    },
    'a kind or a group that is not served is nothing': async ({ cluster }) => {
      expect(await cluster.kind({ apiVersion: 'batch/v1', kind: 'Jobb' })).toBeUndefined();
      expect(await cluster.kind({ apiVersion: 'example.com/v1', kind: 'Job' })).toBeUndefined();
    },
  },
  denied: {
    'whoever may do everything is denied nothing': async ({ cluster, namespace }) => {
      const accesses = [{ verb: 'delete', group: '', resource: 'secrets', namespace }, { verb: 'create', group: '', resource: 'namespaces' }];
      expect(await cluster.denied(accesses)).toEqual([]);
    },
    'verb, resource, part of it, name and namespace tell what is denied, in the order of the question': async ({ restricted, namespace }) => {
      const mine = { verb: 'get', group: '', resource: 'configmaps', namespace, name: 'mine' };
      const no = [
        { ...mine, verb: 'delete' },
        { ...mine, resource: 'secrets' },
        { ...mine, resource: 'configmaps/status' },
        { ...mine, group: 'example.com' },
        { ...mine, name: 'yours' },
        { ...mine, name: undefined },
        { ...mine, namespace: 'kube-system' },
        { ...mine, namespace: undefined },
      ];
      expect(await restricted.denied([mine, ...no, { ...mine, verb: 'patch' }])).toEqual(no);
    },
  },
  get: {
    'an object that was created is found, with a UID and a version': async ({ cluster, namespace }) => {
      const created = await cluster.create(configMap(namespace, 'get'));
      expect(await cluster.get(refOf(created))).toMatchObject({ kind: 'ConfigMap', data: { key: 'one' }, metadata: { uid: created.metadata.uid } });
      expect(created.metadata.resourceVersion).toMatch(/^\d+$/);
    },
    'an object that is not there is nothing': async ({ cluster, namespace }) => {
      expect(await cluster.get({ apiVersion: 'v1', kind: 'ConfigMap', name: 'absent', namespace })).toBeUndefined();
    },
  },
  list: {
    'labels and the namespace choose, and every object says what it is': async ({ cluster, namespace }) => {
      await cluster.create(configMap(namespace, 'list-a'));
      await cluster.create(configMap(namespace, 'list-b'));
      const found = await cluster.list({ apiVersion: 'v1', kind: 'ConfigMap', namespace, labels: { app: 'list-a' } });
      expect(found.map(({ kind, apiVersion, metadata }) => [apiVersion, kind, metadata.name])).toEqual([['v1', 'ConfigMap', 'list-a']]);
    },
    'fields choose, too': async ({ cluster, namespace }) => {
      await cluster.create(warning(namespace, 'list-warning', 'Warning'));
      await cluster.create(warning(namespace, 'list-normal', 'Normal'));
      const found = await cluster.list({ apiVersion: 'v1', kind: 'Event', namespace, fields: { 'type': 'Warning', 'involvedObject.uid': UID } });
      expect(found.map(({ metadata }) => metadata.name)).toEqual(['list-warning']);
    },
  },
  create: {
    'a second object of the same name is refused': async ({ cluster, namespace }) => {
      await cluster.create(configMap(namespace, 'create'));
      await refused(cluster.create(configMap(namespace, 'create')), 'already-exists');
    },
    'an object in a namespace that does not exist is refused': async ({ cluster }) => {
      await refused(cluster.create(configMap('there-is-no-such-namespace', 'create')), 'not-found');
    },
    'a namespace means nothing to an object of a kind that has none': async ({ cluster, namespace }) => {
      const [kind, name] = [{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole' }, `contract-${namespace}`];
      const { metadata } = await cluster.create({ ...kind, metadata: { name, namespace }, rules: [] });
      expect([metadata.namespace, (await cluster.get({ ...kind, name }))?.metadata.uid]).toEqual([undefined, metadata.uid]);
      await cluster.delete({ ...kind, name }, { propagation: 'background' });
    },
    'an object of a kind that is not served is refused': async ({ cluster, namespace }) => {
      await refused(cluster.create({ ...configMap(namespace, 'create-kind'), apiVersion: 'example.com/v1' }), 'unknown-kind');
    },
  },
  apply: {
    'it creates, changes, and says when there was nothing to do': async ({ cluster, namespace }) => {
      const options = { fieldManager: 'helm' };
      expect((await cluster.apply(configMap(namespace, 'apply'), options)).change).toBe('created');
      expect((await cluster.apply(configMap(namespace, 'apply'), options)).change).toBe('unchanged');
      expect((await cluster.apply(configMap(namespace, 'apply', { key: 'two' }), options)).change).toBe('changed');
    },
    'a field that is no longer said is dropped, one of somebody else stays': async ({ cluster, namespace }) => {
      await cluster.apply(configMap(namespace, 'apply-drop', { ours: '1', dropped: '2' }), { fieldManager: 'helm' });
      const ref = { apiVersion: 'v1', kind: 'ConfigMap', name: 'apply-drop', namespace };
      await cluster.patch(ref, { data: { theirs: '3' } });
      await cluster.apply(configMap(namespace, 'apply-drop', { ours: '1' }), { fieldManager: 'helm' });
      expect((await cluster.get(ref))?.data).toEqual({ ours: '1', theirs: '3' });
    },
    'a dry run says what would come of it, and leaves everything as it is': async ({ cluster, namespace }) => {
      const [options, dry] = [{ fieldManager: 'helm' }, { fieldManager: 'helm', dryRun: true }];
      const ref = { apiVersion: 'v1', kind: 'ConfigMap', name: 'apply-dry', namespace };
      expect(await cluster.apply(configMap(namespace, 'apply-dry'), dry)).toMatchObject({ change: 'created', object: { data: { key: 'one' } } });
      expect(await cluster.get(ref)).toBeUndefined();
      await cluster.apply(configMap(namespace, 'apply-dry', { key: 'one', dropped: '2' }), options);
      const live = await cluster.get(ref);
      expect((await cluster.apply(configMap(namespace, 'apply-dry', { key: 'one', dropped: '2' }), dry)).change).toBe('unchanged');
      const { object, change } = await cluster.apply(configMap(namespace, 'apply-dry', { key: 'two' }), dry);
      expect([change, object.data]).toEqual(['changed', { key: 'two' }]);
      expect(await cluster.get(ref)).toEqual(live);
      expect((await cluster.apply(configMap(namespace, 'apply-dry', { key: 'two' }), options)).object.data).toEqual({ key: 'two' });
    },
    'a dry run is refused as the apply would be': async ({ cluster, namespace }) => {
      const dry = { fieldManager: 'helm', dryRun: true };
      await refused(cluster.apply(configMap('there-is-no-such-namespace', 'apply-dry'), dry), 'not-found');
      await refused(cluster.apply({ ...configMap(namespace, 'apply-dry'), apiVersion: 'example.com/v1' }, dry), 'unknown-kind');
    },
  },
  replace: {
    'what is not said is gone': async ({ cluster, namespace }) => {
      const created = await cluster.create(configMap(namespace, 'replace', { a: '1', b: '2' }));
      await cluster.replace({ ...created, data: { b: '3' } });
      expect((await cluster.get(refOf(created)))?.data).toEqual({ b: '3' });
    },
    'an older version is refused': async ({ cluster, namespace }) => {
      const created = await cluster.create(configMap(namespace, 'replace-old'));
      await cluster.replace({ ...created, data: { key: 'two' } });
      await refused(cluster.replace({ ...created, data: { key: 'three' } }), 'conflict');
    },
    'an object that is not there is refused': async ({ cluster, namespace }) => {
      await refused(cluster.replace(configMap(namespace, 'replace-absent')), 'not-found');
    },
  },
  patch: {
    'maps merge and null removes': async ({ cluster, namespace }) => {
      const created = await cluster.create(configMap(namespace, 'patch', { a: '1', b: '2' }));
      await cluster.patch(refOf(created), { data: { a: null, c: '3' } });
      expect((await cluster.get(refOf(created)))?.data).toEqual({ b: '2', c: '3' });
    },
    'an older version is refused': async ({ cluster, namespace }) => {
      const created = await cluster.create(configMap(namespace, 'patch-old'));
      await cluster.patch(refOf(created), { data: { key: 'two' } });
      await refused(cluster.patch(refOf(created), { metadata: { resourceVersion: created.metadata.resourceVersion }, data: { key: 'three' } }), 'conflict');
    },
    'an object that is not there is refused': async ({ cluster, namespace }) => {
      await refused(cluster.patch({ apiVersion: 'v1', kind: 'ConfigMap', name: 'absent', namespace }, { data: {} }), 'not-found');
    },
  },
  delete: {
    'an object goes, and its absence is no error': async ({ cluster, namespace }) => {
      const created = await cluster.create(configMap(namespace, 'delete'));
      expect(await cluster.delete(refOf(created), { propagation: 'background' })).toBe(true);
      expect(await cluster.get(refOf(created))).toBeUndefined();
      expect(await cluster.delete(refOf(created), { propagation: 'background' })).toBe(false);
    },
    'only the object of the UID is deleted': async ({ cluster, namespace }) => {
      const created = await cluster.create(configMap(namespace, 'delete-uid'));
      await refused(cluster.delete(refOf(created), { propagation: 'background', uid: '00000000-0000-0000-0000-000000000000' }), 'conflict');
      expect(await cluster.get(refOf(created))).toBeDefined();
    },
    'in the foreground a Job goes after its Pods': async (bench) => {
      const { cluster, namespace } = bench;
      const job = { ...speaking(namespace), metadata: { name: 'deleted', namespace } };
      const pod = await podOf(job, bench);
      const over = new AbortController();
      const jobs = cluster.watch({ apiVersion: 'batch/v1', kind: 'Job', namespace }, over.signal)[Symbol.asyncIterator]();
      await next(jobs, ({ kind }) => kind === 'listed');
      await cluster.delete(refOf(job), { propagation: 'foreground' });
      await next(jobs, about('deleted', 'deleted'));
      over.abort();
      expect(await cluster.get(refOf({ ...pod, apiVersion: 'v1', kind: 'Pod' }))).toBeUndefined();
    },
  },
  watch: {
    'it tells what is there, then every change, and ends with its signal': async ({ cluster, namespace }) => {
      await cluster.create(configMap(namespace, 'watch-before'));
      const over = new AbortController();
      const events = cluster.watch({ apiVersion: 'v1', kind: 'ConfigMap', namespace }, over.signal)[Symbol.asyncIterator]();
      const listed = await next(events, ({ kind }) => kind === 'listed');
      expect(listed.kind === 'listed' && listed.objects.map(({ metadata }) => metadata.name)).toContain('watch-before');
      const created = await cluster.create(configMap(namespace, 'watch'));
      await next(events, about('added', 'watch'));
      await cluster.patch(refOf(created), { data: { key: 'two' } });
      await next(events, about('modified', 'watch'));
      await cluster.delete(refOf(created), { propagation: 'background' });
      const deleted = await next(events, about('deleted', 'watch'));
      expect(deleted.kind === 'deleted' && deleted.object.metadata.uid).toBe(created.metadata.uid);
      over.abort();
      await expect(events.next()).resolves.toMatchObject({ done: true });
    },
    'labels choose what is told': async ({ cluster, namespace }) => {
      const over = new AbortController();
      const query = { apiVersion: 'v1', kind: 'ConfigMap', namespace, labels: { app: 'watched' } };
      const events = cluster.watch(query, over.signal)[Symbol.asyncIterator]();
      await next(events, ({ kind }) => kind === 'listed');
      await cluster.create(configMap(namespace, 'not-watched'));
      await cluster.create(configMap(namespace, 'watched'));
      const first = await next(events, ({ kind }) => kind === 'added');
      over.abort();
      expect(first.kind === 'added' && first.object.metadata.name).toBe('watched');
    },
    'fields choose what is told': async ({ cluster, namespace }) => {
      const over = new AbortController();
      const events = cluster.watch({ apiVersion: 'v1', kind: 'Event', namespace, fields: { type: 'Warning' } }, over.signal)[Symbol.asyncIterator]();
      await next(events, ({ kind }) => kind === 'listed');
      await cluster.create(warning(namespace, 'told-normal', 'Normal'));
      await cluster.create(warning(namespace, 'told-warning', 'Warning'));
      const first = await next(events, ({ kind }) => kind === 'added');
      over.abort();
      expect(first.kind === 'added' && first.object.metadata.name).toBe('told-warning');
    },
  },
  logs: {
    'the lines of a container that has ended': async (bench) => {
      const pod = await podOf(speaking(bench.namespace), bench);
      const query = { namespace: bench.namespace, pod: pod.metadata.name!, container: 'main' };
      const read = async (more: object) => {
        const lines: string[] = [];
        for await (const line of bench.cluster.logs({ ...query, ...more }, new AbortController().signal)) lines.push(line);
        return lines;
      };
      expect(await read({ follow: true })).toEqual(['one', 'two']);
      expect(await read({ tailLines: 1 })).toEqual(['two']);
    },
  },
};

/** Runs every case against an adapter, each on a bench of its own. */
export function describeContract(adapter: string, bench: () => Promise<Bench & { readonly dispose: () => Promise<void> }>): void {
  describe(`the contract of Cluster, kept by ${adapter}`, () => {
    let open: Bench & { readonly dispose: () => Promise<void> };
    beforeAll(async () => {
      open = await bench();
    });
    afterAll(async () => {
      await open.dispose();
    });

    for (const [method, cases] of Object.entries(CONTRACT)) {
      test(`${method} has at least one case`, () => {
        expect(Object.keys(cases).length).toBeGreaterThan(0);
      });
      for (const [sentence, run] of Object.entries(cases)) test(`${method}: ${sentence}`, () => run(open));
    }
  });
}
