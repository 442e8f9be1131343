import { Cluster } from '../../../src/cluster';
import { Cases, about, configMap, next, podOf, refOf, speaking, UID, warning } from './bench';

/** How objects are read, now and as they change. */
export const READING: Readonly<Record<keyof Cluster & ('get' | 'list' | 'watch' | 'logs'), Cases>> = {
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
    'of their metadata alone, and not more than are enough': async ({ cluster, namespace }) => {
      for (const name of ['heads-a', 'heads-b', 'heads-c']) await cluster.create({ ...configMap(namespace, name), metadata: { name, namespace, labels: { app: 'heads' } } });
      const query = { apiVersion: 'v1', kind: 'ConfigMap', namespace, labels: { app: 'heads' }, metadataOnly: true } as const;
      const found = await cluster.list({ ...query, enough: 2 });
      expect(found.map((object) => [object.kind, object.metadata.name, 'data' in object])).toEqual([['ConfigMap', 'heads-a', false], ['ConfigMap', 'heads-b', false]]);
      expect((await cluster.get(refOf(found[0])))?.metadata.resourceVersion).toBe(found[0].metadata.resourceVersion);
      expect(await cluster.list(query)).toHaveLength(3);
    },
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
