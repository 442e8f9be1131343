import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CLI, Ran, succeeded } from '../cluster/cli';
import { testCluster } from '../cluster/cluster';
import { Behaviour, Manifest, NAMESPACE, ToolStep, isToolStep } from './behaviour';
import { ProgramOptions, runProgram } from './program';

/** Who runs a behaviour. */
export type ToolName = 'helm3' | 'helm4' | 'ours';

export const TOOLS: readonly ToolName[] = ['helm3', 'helm4', 'ours'];

/** How the requests of a tool begin to name their sender. */
export const USER_AGENTS: Readonly<Record<ToolName, string>> = { helm3: 'Helm/3', helm4: 'Helm/4', ours: 'cdk8s-lifecycle' };

/** The manifests of the run: its namespace in place of the word that stands for it. */
export function inRun<T>(value: T, namespace: string): T {
  return JSON.parse(JSON.stringify(value).replaceAll(NAMESPACE, namespace)) as T;
}

function text(manifests: readonly Manifest[], namespace: string): string {
  return manifests.map((manifest) => `${JSON.stringify(inRun(manifest, namespace))}\n`).join('---\n');
}

function helmFlags(tool: ToolName, { flags: { createNamespace, dryRun, orInstall, wait, rollbackOnFailure, timeout = '20s', also = [] }, does }: ToolStep): string[] {
  return [
    ...(orInstall ? ['--install'] : []),
    ...(createNamespace ? ['--create-namespace'] : []),
    ...(wait ? ['--wait'] : []),
    ...(rollbackOnFailure ? [tool === 'helm3' ? '--atomic' : '--rollback-on-failure'] : []),
    ...(dryRun ? [tool === 'helm4' && does !== 'uninstall' ? '--dry-run=server' : '--dry-run'] : []),
    `--timeout=${timeout}`,
    ...also,
  ];
}

type Meanwhile = ProgramOptions['meanwhile'];

/** The programs, each under the name and with the caches that it needs. */
export class Toolbox {
  static async open(): Promise<Toolbox> {
    const cluster = await testCluster();
    const toolbox = new Toolbox(cluster.kubeconfig);
    for (const tool of ['helm3', 'helm4'] as const) {
      mkdirSync(join(toolbox.#folder, tool));
      symlinkSync(cluster[tool], join(toolbox.#folder, tool, 'helm')); // the base name of the binary is Helm's field manager
    }
    return toolbox;
  }

  readonly #folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  readonly #cli = process.env.CDK8S_LIFECYCLE_CLI || CLI;
  readonly #help = new Map<string, Promise<string>>();

  private constructor(readonly kubeconfig: string) {}

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 3 });
  }

  /** Whether our command line can do what a behaviour needs by now: its help names the command, or every flag of the steps. */
  async supports({ needs, steps }: Behaviour): Promise<boolean> {
    if (needs === undefined) return true;
    const commands = [...new Set(steps.filter(isToolStep).map(({ does }) => does))];
    const helps = await Promise.all(commands.map((command) => this.#helpOf(command)));
    return helps.some((help) => help.includes(needs));
  }

  /** Does a step, and waits until the tool has ended. */
  async run(tool: ToolName, step: ToolStep, namespace: string, meanwhile?: Meanwhile): Promise<Ran> {
    const { does, chart, revision, flags } = step;
    const release = flags.release ?? 'web';
    const path = chart && this.#writeChart(chart, flags.crds ?? [], namespace);
    const revisions = revision === undefined ? [] : [String(revision)];
    if (tool !== 'ours') return this.#helm(tool, [does, release, ...(path ? [path] : []), ...revisions, '-n', namespace, ...helmFlags(tool, step)], meanwhile);
    const input = path && (flags.raw ? join(path, 'templates', 'all.yaml') : await this.#rendered(path, release, namespace));
    return this.#ours([does, release, ...(input ? [input] : []), ...revisions, '-n', namespace, ...helmFlags(tool, step)], meanwhile);
  }

  /** Starts a tool only to say its version. */
  version(tool: ToolName): Promise<Ran> {
    return tool === 'ours' ? this.#ours(['--version']) : this.#helm(tool, ['version', '--short']);
  }

  async #helpOf(command: string): Promise<string> {
    const known = this.#help.get(command) ?? this.#ours([command, '--help']).then(({ stdout, stderr }) => stdout + stderr);
    this.#help.set(command, known);
    return known;
  }

  #ours(args: readonly string[], meanwhile?: Meanwhile): Promise<Ran> {
    return runProgram(process.execPath, [this.#cli, ...args], { env: { KUBECONFIG: this.kubeconfig }, meanwhile });
  }

  #helm(tool: 'helm3' | 'helm4', args: readonly string[], meanwhile?: Meanwhile): Promise<Ran> {
    const home = join(this.#folder, tool);
    const env = { HOME: home, KUBECONFIG: this.kubeconfig, HELM_CACHE_HOME: join(home, 'cache'), HELM_CONFIG_HOME: join(home, 'config'), HELM_DATA_HOME: join(home, 'data') };
    return runProgram(join(home, 'helm'), args, { env, meanwhile });
  }

  async #rendered(chart: string, release: string, namespace: string): Promise<string> {
    const file = `${chart}.yaml`;
    writeFileSync(file, succeeded(await this.#helm('helm4', ['template', release, chart, '--include-crds', '-n', namespace])));
    return file;
  }

  #writeChart(chart: readonly Manifest[], crds: readonly Manifest[], namespace: string): string {
    const path = mkdtempSync(join(this.#folder, 'chart-'));
    mkdirSync(join(path, 'templates'));
    writeFileSync(join(path, 'Chart.yaml'), 'apiVersion: v2\nname: web\nversion: 1.0.0\n');
    writeFileSync(join(path, 'templates', 'all.yaml'), text(chart, namespace));
    if (crds.length > 0) {
      mkdirSync(join(path, 'crds'));
      writeFileSync(join(path, 'crds', 'all.yaml'), text(crds, namespace));
    }
    return path;
  }
}
