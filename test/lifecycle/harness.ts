import { SimulatedCluster, SimulatedClusterProps } from '../../src/cluster/simulated';
import { LifecycleEvent, Outcome, Plan, PlanOptions, RecordStore, RunOptions, execute, TestFilter, planInstall, planRollback, planTest, planUninstall, planUpgrade } from '../../src/lifecycle';
import { History, ReleaseRecord, lastOf } from '../../src/release';
import { KubeObject, describeRef } from '../../src/vocabulary';
import { content } from '../release/manifests';

/** What an operation came to, and what it told on the way. */
export interface Run {
  readonly outcome: Outcome;
  readonly events: readonly LifecycleEvent[];
  /** The events as words, without the first and the last. */
  readonly story: readonly string[];
}

/** Options of a plan, and of its run. */
export type Options = Partial<PlanOptions> & RunOptions;

function tell(event: LifecycleEvent): string[] {
  switch (event.kind) {
    case 'operation-started':
    case 'operation-finished':
      return [];
    case 'lock-waiting':
      return [`held by ${event.by}`];
    case 'recovered':
      return [`recovered ${event.revision} ${event.was}`];
    case 'namespace-created':
      return [`namespace ${event.namespace}`];
    case 'definition-created':
      return [`defined ${event.definition.name}`];
    case 'record-written':
      return [`record ${event.revision} ${event.status}`];
    case 'records-deleted':
      return [`forget ${event.revisions.join(',')}`];
    case 'hook-started':
      return [`${event.event} ${event.hook.name} started${event.attempt === undefined ? '' : ` (attempt ${event.attempt})`}${event.runsBecause === undefined ? '' : `: ${event.runsBecause}`}`];
    case 'hook-retried':
      return [`${event.event} ${event.hook.name} attempt ${event.attempt} of ${event.attempts} ${event.verdict.kind}, pause ${event.pauseSeconds} s`];
    case 'hook-skipped':
      return [`${event.event} ${event.hook.name} skipped: ${event.reason}`];
    case 'hook-waiting':
      return [`${event.event} ${event.hook.name} waits: ${event.reason}`];
    case 'hook-log':
      return [`${event.event} ${event.hook.name} | ${event.line}`];
    case 'hook-finished':
      return [`${event.event} ${event.hook.name} ${event.verdict.kind}`];
    case 'hook-deleted':
      return [`${event.event} ${event.hook.name} deleted by ${event.policy}`];
    case 'resource-applied':
    case 'resource-removed':
      return [`${event.change} ${describeRef(event.resource)}`];
    case 'resources-waiting':
      return [`waiting ${event.waiting.map(({ resource, reason }) => `${describeRef(resource)}: ${reason}`).join(', ')}`];
    case 'resources-ready':
      return ['ready'];
    case 'warning':
      return [`warning ${event.message}`];
  }
}

/** Events as words, without the first and the last. */
export function storyOf(events: readonly LifecycleEvent[]): string[] {
  return events.flatMap(tell);
}

/** A simulated cluster with a namespace `shop`, and release `web` in it. */
export class Shop {
  static open(props: SimulatedClusterProps = {}): Promise<Shop> {
    return Shop.in(new SimulatedCluster(props));
  }

  static async in(cluster: SimulatedCluster): Promise<Shop> {
    const shop = new Shop(cluster);
    await shop.cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
    return shop;
  }

  readonly cluster: SimulatedCluster;

  private constructor(cluster: SimulatedCluster) {
    this.cluster = cluster;
  }

  async install(objects: readonly KubeObject[], options: Options = {}): Promise<Run> {
    return this.run(planInstall(await this.history(), content(...objects), this.#options(options)), options);
  }

  async upgrade(objects: readonly KubeObject[], options: Options = {}): Promise<Run> {
    return this.run(planUpgrade(await this.history(), content(...objects), this.#options(options)), options);
  }

  async rollback(to?: number, options: Options = {}): Promise<Run> {
    return this.run(planRollback(await this.history(), to, this.#options(options)), options);
  }

  async uninstall(options: Options = {}): Promise<Run> {
    return this.run(planUninstall(await this.history(), this.#options(options)), options);
  }

  async test(filter: Partial<TestFilter> = {}, options: Options = {}): Promise<Run> {
    return this.run(planTest(await this.history(), { only: [], except: [], ...filter }, this.#options(options)), options);
  }

  async run(plan: Plan, options: RunOptions = {}): Promise<Run> {
    const events: LifecycleEvent[] = [];
    const outcome = await execute(plan, this.cluster, (event) => events.push(event), options);
    return { outcome, events, story: storyOf(events) };
  }

  history(): Promise<History> {
    return new RecordStore(this.cluster, 'web', 'shop').history();
  }

  /** The last revision. */
  async last(): Promise<ReleaseRecord> {
    return lastOf(await this.history())!;
  }

  /** `1 superseded`, `2 deployed` */
  async statuses(): Promise<string[]> {
    return (await this.history()).map(({ record: { version, info } }) => `${version} ${info.status}`);
  }

  /** The names of the objects of a kind in namespace shop. */
  async names(kind: string, apiVersion = kind === 'Job' ? 'batch/v1' : 'v1'): Promise<string[]> {
    const objects = await this.cluster.list({ apiVersion, kind, namespace: 'shop' });
    return objects.map(({ metadata }) => metadata.name!).filter((name) => !/^(sh\.helm\.release|cdk8s-lifecycle)\./.test(name));
  }

  get(kind: string, name: string, apiVersion = kind === 'Job' ? 'batch/v1' : 'v1'): Promise<KubeObject | undefined> {
    return this.cluster.get({ apiVersion, kind, name, namespace: 'shop' });
  }

  #options(options: Options): PlanOptions {
    return { release: 'web', namespace: 'shop', ...options };
  }
}
