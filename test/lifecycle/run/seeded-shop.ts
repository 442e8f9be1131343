import { Cluster } from '../../../src/cluster';
import { SimulatedClusterProps } from '../../../src/cluster/simulated';
import {
  LifecycleEvent, Outcome, PerformOptions, PlanOptions, RecordStore, findJournal, findResumption, performWith, planFromSource, planResumeFrom,
  planRollback, planTest, planUninstall, planUpgradeOrInstall, withSuccesses,
} from '../../../src/lifecycle';
import { History } from '../../../src/release';
import { KubeObject } from '../../../src/vocabulary';
import { configMap, content, job, object, withMetadata } from '../../release/manifests';
import { storyOf } from '../harness';
import { FaultyCluster } from './faulty-cluster';

/* A release with a hook that runs only when something has changed. */

/** Release web in namespace shop. */
export const OPTIONS: PlanOptions = { release: 'web', namespace: 'shop' };
/** An image that is always the same. */
export const DIGEST = `tool@sha256:${'0123456789abcdef'.repeat(4)}`;

/** What a hook differs in. */
export interface Seed {
  readonly image?: string;
  readonly env?: readonly unknown[];
  readonly on?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

/** A variable of ConfigMap settings, and one of Secret db. */
export const fromSettings = [{ name: 'X', valueFrom: { configMapKeyRef: { name: 'settings', key: 'x' } } }];
export const fromSecret = [{ name: 'P', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }];

/** A Secret with a password. */
export const secret = (password: string) => object('v1', 'Secret', 'db', { stringData: { password } });

/** A hook that runs only when something has changed. */
export function seed({ image = DIGEST, env = [], on = 'post-install,post-upgrade', annotations = {}, args = [] }: Seed = {}): KubeObject {
  const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image, env, args }] } };
  return withMetadata(job('seed', { on }, { template }), { annotations: { 'cdk8s-lifecycle/run-on': 'change', ...annotations } });
}

/** Release web in namespace shop, with what was told of its hook. */
export class SeededShop {
  static async open(props: SimulatedClusterProps = {}): Promise<SeededShop> {
    const shop = new SeededShop(new FaultyCluster(props));
    await shop.cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
    return shop;
  }

  readonly cluster: FaultyCluster;
  outcome?: Outcome;
  readonly #through: Cluster;

  private constructor(cluster: FaultyCluster, through: Cluster = cluster) {
    this.cluster = cluster;
    this.#through = through;
  }

  /** The same, through another connection. */
  on(through: Cluster): SeededShop {
    return new SeededShop(this.cluster, through);
  }

  /** Installs or upgrades, and says what became of its hook. */
  deploy(objects: readonly KubeObject[], options: Partial<PlanOptions> = {}, how: PerformOptions = {}): Promise<string[]> {
    const source = withSuccesses(() => Promise.resolve({ content: content(...objects) }), this.#through);
    return this.perform((history) => planFromSource(planUpgradeOrInstall, history, source, { ...OPTIONS, ...options }), how);
  }

  resume(): Promise<string[]> {
    return this.perform(async (history) => planResumeFrom(undefined, history, await findResumption(this.cluster, OPTIONS, history, ['upgrade']), OPTIONS));
  }

  rollback = (to?: number) => this.perform((history) => planRollback(history, to, OPTIONS));
  test = () => this.perform((history) => planTest(history, { only: [], except: [] }, OPTIONS));
  uninstall = (options: Partial<PlanOptions> = {}) => this.perform((history) => planUninstall(history, { ...OPTIONS, ...options }));

  async perform(plan: Parameters<typeof performWith>[0]['plan'], how: PerformOptions = {}): Promise<string[]> {
    const events: LifecycleEvent[] = [];
    this.outcome = await performWith({ ...OPTIONS, operation: 'upgrade', plan }, this.#through, (event) => events.push(event), how);
    return storyOf(events).filter((line) => / seed (started|skipped)/.test(line));
  }

  /** Somebody else makes or changes a ConfigMap. */
  async configure(name: string, data: Readonly<Record<string, string>>): Promise<void> {
    await this.cluster.apply({ ...configMap(name, data), metadata: { name, namespace: 'shop' } }, { fieldManager: 'kubectl' });
  }

  history(): Promise<History> {
    return new RecordStore(this.cluster, 'web', 'shop').history();
  }

  journal(revision: number) {
    return findJournal(this.cluster, { ...OPTIONS, revision });
  }
}
