import { ApplyOptions, Cluster } from '../../../src/cluster';
import { Cases, about, configMap, next, podOf, refOf, refused, speaking } from './bench';

/** How objects are made, changed and deleted. */
export const WRITING: Readonly<Record<keyof Cluster & ('create' | 'apply' | 'replace' | 'patch' | 'delete'), Cases>> = {
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
    'what a Secret was given as text is there as data, and as nothing else': async ({ cluster, namespace }) => {
      const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'create-secret', namespace }, data: { a: 'MQ==' }, stringData: { b: '2' } };
      const { data, stringData } = await cluster.create(secret);
      expect([data, stringData]).toEqual([{ a: 'MQ==', b: 'Mg==' }, undefined]);
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
    'what was there lately need not be looked at; should it not be so any more, the same is stored': async ({ cluster, namespace }) => {
      const apply = (value: string, before: ApplyOptions['before']) => cluster.apply(configMap(namespace, 'apply-known', { key: value }), { fieldManager: 'helm', before });
      const { object: first, change } = await apply('one', 'nothing');
      expect(change).toBe('created');
      expect((await apply('one', first)).change).toBe('unchanged');
      const { object: second, change: changed } = await apply('two', first);
      expect([changed, second.data]).toEqual(['changed', { key: 'two' }]);
      expect(await apply('three', 'nothing')).toMatchObject({ change: 'changed', object: { data: { key: 'three' } } });
      await cluster.delete(refOf(second), { propagation: 'background' });
      expect((await apply('four', second)).change).toBe('created');
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
};
