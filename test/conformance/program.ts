import { spawn } from 'node:child_process';
import { Ran } from '../cluster/cli';

/** How a program is run. */
export interface ProgramOptions {
  readonly env: Readonly<Record<string, string>>;
  /** Is given a way to send it a signal while it runs, and the id of its process. */
  readonly meanwhile?: (signal: (name: NodeJS.Signals) => void, pid: number) => Promise<void>;
}

/** Runs a program to its end, whatever it exits with; it reads nothing. A signal that ends it counts as an exit with -1. */
export async function runProgram(program: string, args: readonly string[], { env, meanwhile }: ProgramOptions): Promise<Ran> {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const ended = new Promise<Ran>((settle, reject) => {
    child.on('error', reject);
    child.on('close', (code) => settle({ code: code ?? -1, ...output }));
  });
  const [ran] = await Promise.all([ended, meanwhile?.((name) => void child.kill(name), child.pid!)]);
  return ran;
}
