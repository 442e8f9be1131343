import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Agent, Server, createServer, request as send } from 'node:https';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Certificate } from './certificate';
import { Fault, Target } from './fault';
import { requestName } from './request-name';

/** How a watch is told that its version is too old. */
const GONE = { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version' };

interface Kubeconfig {
  readonly clusters: readonly { readonly name: string; readonly cluster: { readonly 'server': string; readonly 'certificate-authority-data': string } }[];
  readonly [field: string]: unknown;
}

interface Whole {
  readonly response: IncomingMessage;
  readonly body: Buffer;
}

async function read(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** A proxy before the API server: it hands every request on, but for one. */
export class FaultProxy {
  static async start(kubeconfig: string, certificate: Certificate, target: Target, fault: Fault): Promise<FaultProxy> {
    const proxy = new FaultProxy(JSON.parse(readFileSync(kubeconfig, 'utf8')) as Kubeconfig, certificate, target, fault);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    proxy.#writeKubeconfig(certificate);
    return proxy;
  }

  readonly requests: string[] = [];
  readonly #config: Kubeconfig;
  readonly #upstream: URL;
  readonly #agent: Agent;
  readonly #server: Server;
  readonly #folder = mkdtempSync(join(tmpdir(), 'fault-proxy-'));
  #fired = false;
  /** Kills the process whose requests come through. */
  kill?: () => void;

  private constructor(config: Kubeconfig, certificate: Certificate, private readonly target: Target, private readonly fault: Fault) {
    this.#config = config;
    const { cluster } = config.clusters[0];
    this.#upstream = new URL(cluster.server);
    this.#agent = new Agent({ keepAlive: true, ca: Buffer.from(cluster['certificate-authority-data'], 'base64') });
    this.#server = createServer({ ...certificate }, (request, response) => {
      this.#serve(request, response).catch(() => response.destroy()); // what breaks behind the proxy breaks before it
    });
  }

  /** Whether the request came that something was to happen to. */
  get fired(): boolean {
    return this.#fired;
  }

  /** The path of a kubeconfig that leads through the proxy. */
  get kubeconfig(): string {
    return join(this.#folder, 'kubeconfig');
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    this.#agent.destroy();
    rmSync(this.#folder, { recursive: true });
  }

  #writeKubeconfig({ cert }: Certificate): void {
    const server = `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    const cluster = { server, 'certificate-authority-data': Buffer.from(cert).toString('base64') };
    const { name } = this.#config.clusters[0];
    writeFileSync(this.kubeconfig, JSON.stringify({ ...this.#config, clusters: [{ name, cluster }] }), { mode: 0o600 });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await read(request);
    const name = requestName(request.method!, request.url!, request.headers['content-type'] ?? '', body.toString());
    this.requests.push(name);
    if (this.#fired || !this.#isTarget(name)) return this.#pass(request, body, response);
    this.#fired = true;
    return this.#break(request, body, response);
  }

  #isTarget(name: string): boolean {
    const { request, number = 1 } = this.target;
    return name === request && this.requests.filter((each) => each === request).length === number;
  }

  async #break(request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
    const { fault } = this;
    switch (fault.kind) {
      case 'answer':
        return this.#answer(response, fault.status, fault.retryAfter);
      case 'lost-answer':
        await this.#whole(request, body);
        return this.#answer(response, fault.status);
      case 'drop':
        if (fault.when === 'after') await this.#whole(request, body);
        return void response.socket?.destroy();
      case 'watch-ends':
        response.writeHead(200, { 'Content-Type': 'application/json' });
        return void response.end();
      case 'watch-gone':
        response.writeHead(200, { 'Content-Type': 'application/json' });
        return void response.end(`${JSON.stringify({ type: 'ERROR', object: GONE })}\n`);
      case 'delay':
        await pause(fault.milliseconds);
        return this.#pass(request, body, response);
      case 'kill':
        if (fault.when === 'after') await this.#whole(request, body);
        this.kill?.();
        return void response.socket?.destroy();
    }
  }

  #answer(response: ServerResponse, code: number, retryAfter?: number): void {
    const reason = code === 409 ? 'Conflict' : undefined;
    response.writeHead(code, { 'Content-Type': 'application/json', ...(retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }) });
    response.end(JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message: `the proxy says ${code}` }));
  }

  #forward({ method, url, headers }: IncomingMessage, body: Buffer, signal?: AbortSignal): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const options = { method, headers: { ...headers, host: this.#upstream.host }, agent: this.#agent, signal };
      send(new URL(url!, this.#upstream), options, resolve).on('error', reject).end(body);
    });
  }

  async #whole(request: IncomingMessage, body: Buffer): Promise<Whole> {
    const response = await this.#forward(request, body);
    return { response, body: await read(response) };
  }

  async #pass(request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
    const over = new AbortController();
    response.on('close', () => over.abort()); // a watch ends with its reader
    const answer = await this.#forward(request, body, over.signal);
    response.writeHead(answer.statusCode!, answer.headers);
    response.flushHeaders();
    for await (const chunk of answer) response.write(chunk);
    response.end();
  }
}
