import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

/** The bundled command line, as users run it. */
export const CLI = resolve(__dirname, '../../bin/cdk8s-lifecycle.js');

/** What a program printed, and how it ended. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a program is run. */
export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly cwd?: string;
}

/** Runs a program to its end, whatever it exits with. */
export function runProgram(program: string, args: readonly string[], { env = {}, input = '', cwd }: RunOptions = {}): Promise<Ran> {
  return new Promise((settle, reject) => {
    const child = spawn(program, args, { env: { ...process.env, ...env }, cwd });
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
    child.on('error', reject);
    child.on('close', (code) => settle({ code: code ?? -1, ...output }));
    child.stdin.on('error', (error: NodeJS.ErrnoException) => error.code === 'EPIPE' || reject(error)); // it may end without reading
    child.stdin.end(input);
  });
}

/** Runs `cdk8s-lifecycle`. */
export function lifecycle(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return runProgram(process.execPath, [CLI, ...args], options);
}

/** The run must have done what it was asked to; otherwise everything it said is in the error. */
export function succeeded(ran: Ran): string {
  if (ran.code !== 0) throw new Error(`exit ${ran.code}\n${ran.stdout}\n${ran.stderr}`);
  return ran.stdout;
}
