import { spawn } from 'node:child_process';
import { CLI, Ran } from './cli';
import { waitUntil } from './wait';

/** How the command line is started. */
export interface StartOptions {
  readonly env: Readonly<Record<string, string>>;
  /** A module that is loaded before it. */
  readonly preload?: string;
}

/** The bundled command line while it runs; it tells its events as JSON lines. */
export class Background {
  readonly #child;
  readonly #output = { stdout: '', stderr: '' };
  /** How it ended, and when; one that a signal ended has the code -1. */
  readonly ended: Promise<Ran & { readonly at: number }>;

  constructor(args: readonly string[], { env, preload }: StartOptions) {
    const before = preload === undefined ? [] : ['--require', preload];
    this.#child = spawn(process.execPath, [...before, CLI, ...args, '-o', 'json'], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => (this.#output.stdout += text));
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#output.stderr += text));
    this.ended = new Promise((settle, reject) => {
      this.#child.on('error', reject);
      this.#child.on('close', (code) => settle({ code: code ?? -1, ...this.#output, at: Date.now() }));
    });
  }

  /** Sends a signal, and returns when. */
  signal(name: NodeJS.Signals): number {
    this.#child.kill(name);
    return Date.now();
  }

  /** Waits until it has printed something. */
  async printed(text: string): Promise<void> {
    await waitUntil(`the command line prints ${text}`, () => {
      if (this.#child.exitCode !== null) throw new Error(`it ended before it printed ${text}: ${this.#output.stdout}${this.#output.stderr}`);
      return this.#output.stdout.includes(text) || this.#output.stderr.includes(text);
    }, { seconds: 60 });
  }
}

/** The events of a run. */
export function eventsOf({ stdout }: Ran): Readonly<Record<string, unknown>>[] {
  return stdout.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
}
