import { ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';

/** What a page is looked at with. */
export interface Look {
  readonly width: number;
  readonly height: number;
  readonly scheme: 'light' | 'dark';
}

type Fields = Readonly<Record<string, unknown>>;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly request?: { readonly url: string } };
  readonly result?: Fields;
  readonly error?: { readonly message: string };
}

/** Debian's Chromium, driven over the pipe of its DevTools protocol: https://chromedevtools.github.io/devtools-protocol/ */
export class Chromium {
  /** URLs that the page has asked for. */
  requests: string[] = [];
  readonly #folder = mkdtempSync(join(tmpdir(), 'chromium-'));
  readonly #process: ChildProcess;
  readonly #ended: Promise<void>;
  readonly #waiting = new Map<number, (message: Message) => void>();
  #session?: string;
  #last = 0;

  constructor() {
    const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--remote-debugging-pipe', `--user-data-dir=${this.#folder}`, 'about:blank'];
    this.#process = spawn('chromium', flags, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    this.#ended = new Promise((settle, reject) => this.#process.on('error', reject).on('exit', () => {
      for (const answer of this.#waiting.values()) answer({ error: { message: 'Chromium has ended' } });
      settle();
    }));
    let text = '';
    (this.#process.stdio[4] as Readable).setEncoding('utf8').on('data', (piece: string) => {
      const messages = (text + piece).split('\0');
      text = messages.pop()!;
      for (const message of messages) this.#receive(JSON.parse(message) as Message);
    });
  }

  /** Opens a file in a page of its own, in which no script of the page runs. */
  async open(file: string, { width, height, scheme }: Look): Promise<void> {
    this.#session = undefined;
    this.requests = [];
    const { targetId } = await this.#send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await this.#send('Target.attachToTarget', { targetId, flatten: true });
    this.#session = sessionId as string;
    await this.#send('Network.enable');
    await this.#send('Emulation.setScriptExecutionDisabled', { value: true });
    await this.#send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
    await this.#send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });
    await this.#send('Page.navigate', { url: `file://${file}` });
    for (;;) if (await this.evaluate('document.readyState === "complete" && location.protocol === "file:"')) return;
  }

  /** The value of an expression in the page. */
  async evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.#send('Runtime.evaluate', { expression, returnByValue: true });
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
    return (result as { readonly value: T }).value;
  }

  /** Clicks where an element is, as a person does. */
  async click(selector: string): Promise<void> {
    const { x, y } = await this.evaluate<{ x: number; y: number }>(`document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect().toJSON()`);
    for (const type of ['mousePressed', 'mouseReleased']) await this.#send('Input.dispatchMouseEvent', { type, x: x + 5, y: y + 5, button: 'left', clickCount: 1 });
  }

  async close(): Promise<void> {
    this.#session = undefined;
    await this.#send('Browser.close'); // it writes into its folder until all its processes have ended
    await this.#ended;
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 10 });
  }

  #send(method: string, params: Fields = {}): Promise<Fields> {
    const id = ++this.#last;
    return new Promise((settle, reject) => {
      this.#waiting.set(id, ({ result, error }) => (error ? reject(new Error(`${method}: ${error.message}`)) : settle(result!)));
      this.#ended.catch(reject); // there is no Chromium
      (this.#process.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, ...(this.#session ? { sessionId: this.#session } : {}) })}\0`);
    });
  }

  #receive({ id, method, params, ...answer }: Message): void {
    if (method === 'Network.requestWillBeSent') this.requests.push(params!.request!.url);
    if (id === undefined) return;
    this.#waiting.get(id)?.(answer);
    this.#waiting.delete(id);
  }
}
