import { SimulatedCluster } from '../../../src/cluster/simulated';
import { LifecycleEvent } from '../../../src/lifecycle';
import { HOOK, HOOK_DELETE_POLICY, HOOK_WEIGHT, KubeObject, RESOURCE_POLICY, refOf } from '../../../src/vocabulary';
import { Run, Shop } from '../harness';
import { Chart, HOOK_KINDS, HookKind, HookManifest, JobEnd, Model, Step } from './model';

const API: Readonly<Record<HookKind, string>> = {
  ServiceAccount: 'v1',
  ConfigMap: 'v1',
  CustomResourceDefinition: 'apiextensions.k8s.io/v1',
  ClusterRole: 'rbac.authorization.k8s.io/v1',
  Role: 'rbac.authorization.k8s.io/v1',
  Job: 'batch/v1',
};

/** One that succeeds or fails by itself ends before its hook's timeout. */
const TIMEOUT_SECONDS = 60;

function specOf({ kind, name }: HookManifest): object {
  if (kind === 'Job') return { spec: { backoffLimit: 0, template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'tool:1' }] } } } };
  if (kind !== 'CustomResourceDefinition') return {};
  return { spec: { group: `${name}.example.com`, scope: 'Namespaced', names: { kind: 'Thing', plural: 'things' }, versions: [{ name: 'v1', served: true }] } };
}

function hookObject(hook: HookManifest): KubeObject {
  const { kind, name, namespace, on, weight, policies } = hook;
  const annotations = {
    [HOOK]: on,
    ...(weight === undefined ? {} : { [HOOK_WEIGHT]: weight }),
    ...(policies === undefined ? {} : { [HOOK_DELETE_POLICY]: policies }),
  };
  return { apiVersion: API[kind], kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }), annotations }, ...specOf(hook) };
}

function objects(chart: Chart): KubeObject[] {
  return chart.map((manifest) => {
    if (manifest.hook) return hookObject(manifest);
    const annotations = manifest.keep ? { annotations: { [RESOURCE_POLICY]: 'keep' } } : {};
    return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: manifest.name, ...annotations }, data: { value: String(manifest.data) } };
  });
}

/** A simulated cluster on which the Jobs end as they are told to, in the order in which they are made. */
class Stage extends SimulatedCluster {
  readonly #ends: Iterator<JobEnd>;
  readonly #fates: Map<string, JobEnd>;

  constructor(ends: Iterator<JobEnd>) {
    const fates = new Map<string, JobEnd>();
    super({
      jobs: ({ metadata }) => ({ for: fates.get(metadata.uid!) === 'succeeds' || fates.get(metadata.uid!) === 'fails' ? '5s' : '1h', exitCode: fates.get(metadata.uid!) === 'fails' ? 1 : 0 }),
    });
    this.#ends = ends;
    this.#fates = fates;
  }

  override async create(object: KubeObject): Promise<KubeObject> {
    const created = await super.create(object);
    if (created.kind !== 'Job') return created;
    const end = this.#ends.next().value as JobEnd;
    this.#fates.set(created.metadata.uid!, end);
    if (end === 'is deleted') this.at('3s', () => this.delete(refOf(created), { propagation: 'background', uid: created.metadata.uid }));
    return created;
  }
}

/** A release as the engine has it. */
export class Stagehand {
  static async open(ends: Iterator<JobEnd>): Promise<Stagehand> {
    const cluster = new Stage(ends);
    await cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'other' } });
    return new Stagehand(await Shop.in(cluster));
  }

  readonly shop: Shop;

  private constructor(shop: Shop) {
    this.shop = shop;
  }

  async take(step: Step, model: Model): Promise<Run> {
    const options = { timeoutSeconds: TIMEOUT_SECONDS };
    switch (step.do) {
      case 'deploy':
        return model.history.length === 0 ? this.shop.install(objects(step.chart), options) : this.shop.upgrade(objects(step.chart), options);
      case 'rollback':
        return this.shop.rollback(model.target(step.back), options);
      case 'uninstall':
        return this.shop.uninstall(options);
    }
  }

  /** The objects of hooks that are there: `other/Job/a`. */
  async hookObjects(): Promise<string[]> {
    const lists = await Promise.all(HOOK_KINDS.map((kind) => this.shop.cluster.list({ apiVersion: API[kind], kind })));
    const own = lists.flat().filter(({ metadata }) => metadata.annotations?.[HOOK] !== undefined);
    return own.map(({ kind, metadata: { name, namespace } }) => (namespace === undefined ? `${kind}/${name}` : `${namespace}/${kind}/${name}`)).sort();
  }

  /** The resources of the release that are there. */
  async resources(): Promise<string[]> {
    const found = await this.shop.cluster.list({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop' });
    return found.filter(({ metadata }) => metadata.annotations?.[HOOK] === undefined).map(({ metadata }) => metadata.name!).sort();
  }
}

/** The events in the words of the model. */
export function words(events: readonly LifecycleEvent[]): string[] {
  return events.flatMap((event) => {
    switch (event.kind) {
      case 'hook-started':
        return [`start ${event.event} ${event.hook.name}`];
      case 'hook-finished':
        return [`${event.event} ${event.hook.name} ${event.verdict.kind}`];
      case 'hook-deleted':
        return [`delete ${event.hook.name} by ${event.policy}`];
      default:
        return [];
    }
  });
}

const place = ({ kind, name }: { readonly kind: string; readonly name: string }) => `${kind}/${name}`;

/** What the plan of an operation says will happen, and what did: each a list of words in order. */
export function planned(events: readonly LifecycleEvent[]): { readonly plan: string[]; readonly run: string[] } {
  const [first] = events;
  if (first.kind !== 'operation-started') throw new Error('an operation begins with its plan');
  const { before, apply, remove, after } = first.plan;
  return {
    plan: [
      ...before.map(({ event, hook }) => `${event} ${place(hook)}`),
      ...apply.map(({ resource }) => `apply ${place(resource)}`),
      ...remove.map(({ resource }) => `remove ${place(resource)}`),
      ...after.map(({ event, hook }) => `${event} ${place(hook)}`),
    ],
    run: events.flatMap((event) => {
      if (event.kind === 'hook-started') return [`${event.event} ${place(event.hook)}`];
      if (event.kind === 'resource-applied') return [`apply ${place(event.resource)}`];
      return event.kind === 'resource-removed' ? [`remove ${place(event.resource)}`] : [];
    }),
  };
}
