import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { IncomingMessage, Server, ServerResponse, createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A request as the server got it. */
export interface Got {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly contentType?: string;
  readonly authorization?: string;
  readonly body: unknown;
  /** The body as it was sent. */
  readonly text: string;
}

/** An answer: a status with a body, or what a test does with the connection itself. */
export type Answer = { readonly status?: number; readonly body: unknown } | ((response: ServerResponse) => void);

/** A small HTTP server on the loopback interface that stands for an API server. */
export class ApiServer {
  static async start(answer: (got: Got) => Answer): Promise<ApiServer> {
    const api = new ApiServer(answer);
    await new Promise<void>((resolve) => api.#server.listen(0, '127.0.0.1', resolve));
    return api;
  }

  readonly requests: Got[] = [];
  readonly #server: Server;
  readonly #folder = mkdtempSync(join(tmpdir(), 'api-server-'));

  private constructor(answer: (got: Got) => Answer) {
    this.#server = createServer((request, response) => void this.#serve(request, response, answer));
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The path of a kubeconfig for this server. */
  kubeconfig(): string {
    const file = join(this.#folder, 'config');
    const text = JSON.stringify({
      'clusters': [{ name: 'x', cluster: { 'server': `${this.address}/`, 'insecure-skip-tls-verify': true } }],
      'users': [{ name: 'x', user: { token: 'sesame' } }],
      'contexts': [{ name: 'x', context: { cluster: 'x', user: 'x', namespace: 'shop' } }],
      'current-context': 'x',
    });
    writeFileSync(file, text);
    return file;
  }

  async stop(): Promise<void> {
    rmSync(this.#folder, { recursive: true });
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse, answer: (got: Got) => Answer): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url!, this.address);
    const text = Buffer.concat(chunks).toString();
    const { 'content-type': contentType, authorization } = request.headers;
    const query = Object.fromEntries(url.searchParams);
    const body: unknown = text && JSON.parse(text);
    const got = { method: request.method!, path: url.pathname, query, contentType, authorization, body, text };
    this.requests.push(got);
    const reply = answer(got);
    if (typeof reply === 'function') return reply(response);
    response.writeHead(reply.status ?? 200, { 'Content-Type': typeof reply.body === 'string' ? 'text/plain' : 'application/json' });
    response.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
  }
}

/** What `/api/v1` and the like answer. */
export function resources(...kinds: readonly (readonly [kind: string, name: string, namespaced?: boolean])[]): object {
  return { kind: 'APIResourceList', resources: kinds.map(([kind, name, namespaced = true]) => ({ kind, name, namespaced })) };
}
