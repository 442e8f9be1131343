import { spawn } from 'node:child_process';

/** How a command is run. */
export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** What it reads from its standard input. */
  readonly input?: string | Uint8Array;
  /**
   * Milliseconds after which it is ended.
   *
   * @default - never
   */
  readonly timeout?: number;
}

/**
 * Runs a command to its end and returns what it printed.
 *
 * @throws an error with the command line and what it printed to standard error
 */
export function run(command: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: options.cwd, env: options.env, timeout: options.timeout, stdio: ['pipe', 'pipe', 'pipe'] });
    const output: Buffer[] = [];
    const complaints: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
    child.stdin.on('error', () => undefined); // it may end without reading all of its input; its exit code tells
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(Buffer.concat(output).toString());
      const why = Buffer.concat(complaints.length ? complaints : output).toString().trim();
      reject(new Error(`${[command, ...args].join(' ')} ended with ${signal ?? code}: ${why}`));
    });
    child.stdin.end(options.input);
  });
}
