import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './command';
import { waitUntil } from './wait';

/** A terminal with a shell in it, in a tmux server of its own. */
export class Tmux {
  static async open(columns: number, rows: number, env: Readonly<Record<string, string>>): Promise<Tmux> {
    const folder = mkdtempSync(join(tmpdir(), 'tmux-'));
    const tmux = new Tmux(folder);
    const { CI, NO_COLOR, TMUX, ...inherited } = process.env; // people have none of them
    const size = ['-x', String(columns), '-y', String(rows)];
    await run('tmux', ['-S', tmux.#socket, '-f', '/dev/null', 'new-session', '-d', ...size, 'sh'], { env: { ...inherited, LC_ALL: 'C.UTF-8', ...env } });
    await tmux.sees(/^[$#]/);
    return tmux;
  }

  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  get #socket(): string {
    return join(this.#folder, 'socket');
  }

  /** Types a line, and Enter. */
  async type(line: string): Promise<void> {
    await this.#tmux('send-keys', '-l', line);
    await this.#tmux('send-keys', 'Enter');
  }

  /** Presses a key, such as `C-c`. */
  async press(key: string): Promise<void> {
    await this.#tmux('send-keys', key);
  }

  async resize(columns: number, rows: number): Promise<void> {
    await this.#tmux('resize-window', '-x', String(columns), '-y', String(rows));
  }

  /** What is on the screen now. */
  async screen(): Promise<string[]> {
    return (await this.#tmux('capture-pane', '-p')).trimEnd().split('\n');
  }

  /** What has scrolled away, and what is on the screen; lines that the terminal broke are whole. */
  async everything(): Promise<string[]> {
    return (await this.#tmux('capture-pane', '-p', '-J', '-S', '-')).trimEnd().split('\n').map((line) => line.trimEnd());
  }

  /** Whether the cursor is shown. */
  async cursor(): Promise<boolean> {
    return (await this.#tmux('display-message', '-p', '#{cursor_flag}')).trim() === '1';
  }

  /** Waits until the screen shows something, and returns its lines. */
  async sees(pattern: RegExp): Promise<string[]> {
    let lines: string[] = [];
    try {
      await waitUntil(`the terminal shows ${pattern}`, async () => pattern.test((lines = await this.screen()).join('\n')), { seconds: 60 });
    } catch (error) {
      throw new Error(`${(error as Error).message}, but:\n${lines.join('\n')}`);
    }
    return lines;
  }

  async close(): Promise<void> {
    await this.#tmux('kill-server');
    rmSync(this.#folder, { recursive: true });
  }

  #tmux(...args: readonly string[]): Promise<string> {
    return run('tmux', ['-S', this.#socket, ...args]);
  }
}
