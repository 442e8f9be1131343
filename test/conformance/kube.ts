import { ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { testCluster } from '../cluster/cluster';

/** Plurals of the kinds that behaviours use, and whether they live in namespaces. */
const KINDS: Readonly<Record<string, readonly [plural: string, namespaced: boolean]>> = {
  ClusterRole: ['clusterroles', false],
  ConfigMap: ['configmaps', true],
  CronJob: ['cronjobs', true],
  CustomResourceDefinition: ['customresourcedefinitions', false],
  Deployment: ['deployments', true],
  Ingress: ['ingresses', true],
  Job: ['jobs', true],
  Lease: ['leases', true],
  LimitRange: ['limitranges', true],
  Namespace: ['namespaces', false],
  NetworkPolicy: ['networkpolicies', true],
  PersistentVolumeClaim: ['persistentvolumeclaims', true],
  Pod: ['pods', true],
  PodDisruptionBudget: ['poddisruptionbudgets', true],
  PriorityClass: ['priorityclasses', false],
  ResourceQuota: ['resourcequotas', true],
  Role: ['roles', true],
  RoleBinding: ['rolebindings', true],
  Secret: ['secrets', true],
  Service: ['services', true],
  ServiceAccount: ['serviceaccounts', true],
  StatefulSet: ['statefulsets', true],
  Widget: ['widgets', true],
};

const KIND_OF_PLURAL = new Map(Object.entries(KINDS).map(([kind, [plural]]) => [plural, kind]));

/** The kind of a resource of the audit log. */
export function kindOfPlural(plural: string): string {
  return KIND_OF_PLURAL.get(plural) ?? plural;
}

/** What there is to know of an object to find it. */
export interface Place {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name?: string;
}

export function isKnown(kind: string): boolean {
  return kind in KINDS;
}

export function isNamespaced(kind: string): boolean {
  return KINDS[kind][1];
}

function pathOf({ apiVersion, kind, namespace, name }: Place): string {
  const [plural, namespaced] = KINDS[kind];
  const api = apiVersion.includes('/') ? `apis/${apiVersion}` : `api/${apiVersion}`;
  return ['', api, ...(namespaced ? ['namespaces', namespace] : []), plural, ...(name === undefined ? [] : [name])].join('/');
}

/** The API server, asked through `kubectl proxy`: independent of the code under test, and without a process a request. */
export class Kube {
  static async start(): Promise<Kube> {
    const { kubectl, kubeconfig } = await testCluster();
    const proxy = spawn(kubectl, ['--kubeconfig', kubeconfig, 'proxy', '--port=0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const line of createInterface(proxy.stdout)) {
      const address = /127\.0\.0\.1:\d+/.exec(line)?.[0];
      if (address) return new Kube(proxy, address);
    }
    throw new Error('kubectl proxy ended before it served');
  }

  readonly #proxy: ChildProcess;
  readonly #address: string;

  private constructor(proxy: ChildProcess, address: string) {
    this.#proxy = proxy;
    this.#address = address;
  }

  stop(): void {
    this.#proxy.kill();
  }

  /** @returns nothing where there is none */
  async read<T>(place: Place): Promise<T | undefined> {
    const answer = await fetch(`http://${this.#address}${pathOf(place)}`);
    if (answer.status === 404) return undefined;
    if (answer.status === 429) {
      await pause(1000); // the storage of a new kind takes a moment
      return this.read(place);
    }
    if (!answer.ok) throw new Error(`${pathOf(place)}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  async apply(place: Place, object: object): Promise<void> {
    const headers = { 'Content-Type': 'application/apply-patch+yaml' };
    const address = `http://${this.#address}${pathOf(place)}?fieldManager=somebody&force=true`;
    const answer = await fetch(address, { method: 'PATCH', headers, body: JSON.stringify(object) });
    if (!answer.ok) throw new Error(`${pathOf(place)}: ${answer.status} ${await answer.text()}`);
  }

  /** Takes the finalizers off an object, so that it can go. */
  async release(place: Place): Promise<void> {
    const headers = { 'Content-Type': 'application/merge-patch+json' };
    await fetch(`http://${this.#address}${pathOf(place)}`, { method: 'PATCH', headers, body: '{"metadata":{"finalizers":null}}' });
  }

  /** Deletes in the background; what is not there is no error. */
  async remove(place: Place): Promise<void> {
    const answer = await fetch(`http://${this.#address}${pathOf(place)}?propagationPolicy=Background`, { method: 'DELETE' });
    if (!answer.ok && answer.status !== 404) throw new Error(`${pathOf(place)}: ${answer.status} ${await answer.text()}`);
  }
}
