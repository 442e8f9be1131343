import { Cluster } from '../../../src/cluster';
import { Cases } from './bench';

/** What a cluster is, and what it serves to whom. */
export const ABOUT: Readonly<Record<keyof Cluster & ('clock' | 'name' | 'version' | 'kind' | 'denied'), Cases>> = {
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
};
