import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { testCluster } from '../cluster/cluster';
import { run as runCommand } from '../cluster/command';
import { EngineRun, Outcome, Program, startEngine } from './engine-run';
import { PROJECT, ProjectFolder, createProjectFolder } from './project-folder';
import { PULUMI_CLI } from './pulumi-cli';

export type { EngineRun, Outcome, Program } from './engine-run';
export type { Diagnostic, Step } from './engine-event';

/** Which resources an operation is about. */
export interface OperationOptions {
  /**
   * Names of resources, or their URNs.
   *
   * @default - all
   */
  readonly target?: readonly string[];
  /** Also what depends on the targets. */
  readonly targetDependents?: boolean;
  /** More flags of the command line. */
  readonly flags?: readonly string[];
}

/** A resource of a stack's state. */
export interface ResourceState {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly initErrors?: readonly string[];
  readonly dependencies?: readonly string[];
}

/** What Pulumi knows of a stack; secrets are encrypted. */
export interface StackState {
  readonly resources: readonly ResourceState[];
  readonly pendingOperations: readonly { readonly type: string; readonly resource: ResourceState }[];
}

const STACK = 'test';
const PASSPHRASE = 'the passphrase of the tests';

/** A stack on Pulumi's real engine: in a project, a home and a backend of its own, all of them files. Nothing of it asks the network but for the cluster. */
export class Stack {
  /** Makes the project and its stack. */
  static async create(): Promise<Stack> {
    const { kubeconfig } = await testCluster();
    const stack = new Stack(createProjectFolder(), kubeconfig);
    await stack.#command(['stack', 'init', STACK]);
    return stack;
  }

  /** The user's project. */
  readonly folder: ProjectFolder;
  readonly #kubeconfig: string;
  readonly #running = new Set<EngineRun>();

  private constructor(folder: ProjectFolder, kubeconfig: string) {
    this.folder = folder;
    this.#kubeconfig = kubeconfig;
  }

  /** `pulumi up` to its end, whatever that is. */
  async up(program: Program, options: OperationOptions = {}): Promise<Outcome> {
    return (await this.begin(program, options)).outcome;
  }

  /** Starts `pulumi up`. */
  begin(program: Program, options: OperationOptions = {}): Promise<EngineRun> {
    return this.#start(['up', '--yes', '--skip-preview', ...flags(options)], program);
  }

  /** `pulumi preview` */
  async preview(program: Program, options: OperationOptions = {}): Promise<Outcome> {
    return (await this.#start(['preview', ...flags(options)], program)).outcome;
  }

  /** `pulumi destroy`, which runs no program. */
  async destroy(options: OperationOptions = {}): Promise<Outcome> {
    return (await this.beginDestroy(options)).outcome;
  }

  /** Starts `pulumi destroy`. */
  beginDestroy(options: OperationOptions = {}): Promise<EngineRun> {
    return this.#start(['destroy', '--yes', '--skip-preview', ...flags(options)]);
  }

  /** `pulumi refresh`, which runs no program. */
  async refresh(options: OperationOptions = {}): Promise<Outcome> {
    return (await this.#start(['refresh', '--yes', '--skip-preview', ...flags(options)])).outcome;
  }

  /** `pulumi cancel`: drops the lock that a killed engine has left. */
  async cancel(): Promise<void> {
    await this.#command(['cancel', '--yes', '--stack', STACK]);
  }

  /** `pulumi state delete`: the resource of that name is forgotten, and stays as it is. */
  async forget(name: string): Promise<void> {
    const { urn } = this.state().resources.find((each) => each.urn.endsWith(`::${name}`))!;
    await this.#command(['state', 'delete', urn, '--yes', '--stack', STACK]);
  }

  /** Sets a value of the stack's configuration. */
  async configure(key: string, value: string, { secret = false } = {}): Promise<void> {
    await this.#command(['config', 'set', '--stack', STACK, secret ? '--secret' : '--plaintext', key, '--', value]);
  }

  /** What Pulumi knows of the stack. */
  state(): StackState {
    const file = join(this.folder.backend, '.pulumi/stacks', PROJECT, `${STACK}.json`);
    const { checkpoint } = JSON.parse(readFileSync(file, 'utf8')) as { readonly checkpoint: { readonly latest?: Record<string, never> } };
    return { resources: checkpoint.latest?.resources ?? [], pendingOperations: checkpoint.latest?.pending_operations ?? [] };
  }

  /** The text of every file that Pulumi has written: states, backups, history, events and its home. */
  everythingWritten(): string {
    const { backend, home, program } = this.folder;
    const entries = [backend, home, program].flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true })); // no links are followed
    return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8')).join('\n');
  }

  /** Kills what still runs and removes the project. What it has deployed stays. */
  async remove(): Promise<void> {
    await Promise.all([...this.#running].map((run) => run.kill()));
    rmSync(this.folder.root, { recursive: true, force: true });
  }

  async #start(args: readonly string[], program?: Program): Promise<EngineRun> {
    const command = { args: [...args, '--stack', STACK], cwd: this.folder.program, env: this.#environment(), program };
    const run = await startEngine(this.folder.logs, command);
    this.#running.add(run);
    const done = () => void this.#running.delete(run);
    run.outcome.then(done, done);
    return run;
  }

  async #command(args: readonly string[]): Promise<void> {
    await runCommand(PULUMI_CLI, ['--non-interactive', ...args], { cwd: this.folder.program, env: { ...process.env, ...this.#environment() } });
  }

  #environment(): Readonly<Record<string, string>> {
    return {
      KUBECONFIG: this.#kubeconfig,
      PULUMI_BACKEND_URL: `file://${this.folder.backend}`,
      PULUMI_HOME: this.folder.home,
      PULUMI_CONFIG_PASSPHRASE: PASSPHRASE,
      PULUMI_SKIP_UPDATE_CHECK: 'true',
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
      PULUMI_DEBUG_COMMANDS: 'true', // --event-log
    };
  }
}

function flags({ target = [], targetDependents = false, flags: more = [] }: OperationOptions): string[] {
  const targets = target.map((each) => `--target=${each.startsWith('urn:') ? each : `**::${each}`}`);
  return [...targets, ...(targetDependents ? ['--target-dependents'] : []), ...more];
}
