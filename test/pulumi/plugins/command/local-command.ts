import { spawn } from 'node:child_process';

/** What the program says of a `local.Command`. */
export interface CommandInputs {
  readonly create?: string;
  /**
   * What is run where anything has changed.
   *
   * @default - `create`
   */
  readonly update?: string;
  readonly delete?: string;
  readonly stdin?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly interpreter?: readonly string[];
  readonly dir?: string;
  /** A change of them makes a new resource. */
  readonly triggers?: readonly unknown[];
  /** @default true */
  readonly addPreviousOutputInEnv?: boolean;
}

/** What a run has printed. */
export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}

const SHELL = ['/bin/sh', '-c'];

function previousOutput({ addPreviousOutputInEnv = true }: CommandInputs, { stdout, stderr }: Printed): Record<string, string> {
  if (!addPreviousOutputInEnv) return {};
  return { ...(stdout ? { PULUMI_COMMAND_STDOUT: stdout } : {}), ...(stderr ? { PULUMI_COMMAND_STDERR: stderr } : {}) };
}

/**
 * Runs a command to its end.
 *
 * @param previous what the run before has printed
 * @throws an error with all that it has printed, where it fails
 */
export async function runCommand(command: string, inputs: CommandInputs, previous: Printed, signal: AbortSignal): Promise<Printed> {
  const { interpreter = [], environment = {}, dir, stdin = '' } = inputs;
  const [program, ...args] = interpreter.length > 0 ? interpreter : SHELL;
  const env = { ...process.env, ...environment, ...previousOutput(inputs, previous) };
  const child = spawn(program, [...args, command], { cwd: dir, env, signal, killSignal: 'SIGKILL' });
  let [stdout, stderr, both] = ['', '', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => void ((stdout += text), (both += text)));
  child.stderr.setEncoding('utf8').on('data', (text: string) => void ((stderr += text), (both += text)));
  child.stdin.on('error', () => undefined); // whoever does not read it closes it
  child.stdin.end(stdin);
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) throw new Error(`exit status ${code}: running ${JSON.stringify(command)}:\n${both}`);
  return { stdout: stdout.replace(/\n$/, ''), stderr: stderr.replace(/\n$/, '') };
}
