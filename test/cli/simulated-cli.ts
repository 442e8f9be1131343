import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../src/cli/program';
import { KubernetesCluster } from '../../src/cluster/kubernetes';
import { SimulatedCluster, SimulatedClusterProps } from '../../src/cluster/simulated';
import { KubeObject } from '../../src/vocabulary';

/** What a command exited with, and its lines. */
export interface Result {
  readonly code: number;
  readonly out: readonly string[];
  readonly err: readonly string[];
}

/** The command line before a simulated cluster that has a namespace `shop`, the default one. */
export class SimulatedCli {
  static async open(props: SimulatedClusterProps = {}): Promise<SimulatedCli> {
    const cluster = new SimulatedCluster(props);
    await cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
    const connected = Object.assign(cluster, { defaultNamespace: 'shop', close: () => undefined });
    jest.spyOn(KubernetesCluster, 'connect').mockReturnValue(connected as unknown as KubernetesCluster);
    return new SimulatedCli(cluster);
  }

  readonly cluster: SimulatedCluster;
  readonly #folder = mkdtempSync(join(tmpdir(), 'cli-'));

  private constructor(cluster: SimulatedCluster) {
    this.cluster = cluster;
  }

  close(): void {
    jest.restoreAllMocks();
    rmSync(this.#folder, { recursive: true });
  }

  async run(...args: readonly string[]): Promise<Result> {
    return this.#run(args, false);
  }

  /** The same on a terminal with colours. */
  async runInColour(...args: readonly string[]): Promise<Result> {
    return this.#run(args, true);
  }

  /** Where a file of that name is, in a folder of its own. */
  path(name: string): string {
    return join(this.#folder, name);
  }

  /** A file of manifests. */
  manifests(...objects: readonly (KubeObject | string)[]): string {
    const path = join(this.#folder, 'app.yaml');
    writeFileSync(path, objects.map((each) => (typeof each === 'string' ? each : `${JSON.stringify(each)}\n`)).join('---\n'));
    return path;
  }

  /** A folder with a chart of one template. */
  chart(metadata: string, template: KubeObject): string {
    const path = join(this.#folder, 'chart');
    mkdirSync(join(path, 'templates'), { recursive: true });
    writeFileSync(join(path, 'Chart.yaml'), metadata);
    writeFileSync(join(path, 'templates', 'all.yaml'), JSON.stringify(template));
    return path;
  }

  async #run(args: readonly string[], colour: boolean): Promise<Result> {
    const [out, err]: [string[], string[]] = [[], []];
    const code = await main(args, { out: (text) => out.push(...text.split('\n')), err: (text) => err.push(...text.split('\n')), colour }, '1.2.3');
    return { code, out, err };
  }
}
