import { Agent as HttpAgent, IncomingMessage, RequestOptions, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, AgentOptions, request as httpsRequest } from 'node:https';
import { Socket } from 'node:net';
import type { KubeConfig } from '@kubernetes/client-node';
import { fromJson, messageOf, toJson } from '../../vocabulary';
import { ClusterError, Request } from '../cluster-error';
import { retryAfter } from './status-error';

/** A connection must stand within this time, in milliseconds. */
const CONNECT_TIMEOUT = 8_000;

/** An answer must begin within this time; admission webhooks may take up to 30 s. */
const ANSWER_TIMEOUT = 60_000;

/** A call of the API. */
export interface Call extends Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  readonly contentType?: string;
  /** The form of the answer, JSON if nothing is said. */
  readonly accept?: string;
  readonly signal?: AbortSignal;
  /** Longest silence of a stream before its connection counts as dead, in milliseconds. */
  readonly idleTimeout?: number;
}

/** An answer that was read to its end. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly retryAfterSeconds?: number;
}

/** A connection that was used before turned out to be closed. */
class StaleConnection extends Error {}

/** Whether connections that were made with one can be used for the other: they are compared for every request. */
function isSame(some: AgentOptions, other: AgentOptions): boolean {
  const keys = Object.keys(some) as (keyof AgentOptions)[];
  return keys.every((key) => some[key] === other[key] || (Buffer.isBuffer(some[key]) && Buffer.isBuffer(other[key]) && some[key].equals(other[key])));
}

/** HTTP to one API server, with the authentication that its kubeconfig asks for. Connections are kept and used again. */
export class Transport {
  readonly server: string;
  readonly #config: KubeConfig;
  #agent?: { readonly tls: AgentOptions; readonly agent: HttpAgent };

  constructor(config: KubeConfig) {
    this.#config = config;
    this.server = config.getCurrentCluster()!.server.replace(/\/+$/, '');
  }

  /** Sends a call and resolves when the answer begins, whatever its status. */
  async send(call: Call): Promise<IncomingMessage> {
    try {
      return await this.#attempt(call);
    } catch (error) {
      // A kept connection may have been closed by the server just now. What may be said twice is said again, on a new one.
      if (!(error instanceof StaleConnection) || call.method === 'POST') throw this.#unreachable(call, error);
      return this.#attempt(call).catch((again: unknown) => {
        throw this.#unreachable(call, again);
      });
    }
  }

  async #attempt(call: Call): Promise<IncomingMessage> {
    const options = await this.#options(call);
    const url = this.#url(call);
    for (const [key, value] of Object.entries(call.query ?? {})) if (value !== undefined) url.searchParams.set(key, value);
    const payload = call.body === undefined ? undefined : toJson(call.body);
    const headers = {
      ...options.headers,
      'Accept': call.accept ?? 'application/json',
      'User-Agent': 'cdk8s-lifecycle',
      ...(payload === undefined ? {} : { 'Content-Type': call.contentType ?? 'application/json', 'Content-Length': Buffer.byteLength(payload) }),
    };
    const send = url.protocol === 'http:' ? httpRequest : httpsRequest;
    return new Promise((resolve, reject) => {
      const request = send(url, { ...options, headers, method: call.method, signal: call.signal });
      const abandon = (milliseconds: number, what: string) =>
        setTimeout(() => request.destroy(new Error(`${what} within ${milliseconds / 1000} s`)), milliseconds);
      const answer = abandon(ANSWER_TIMEOUT, 'no answer');
      request.on('socket', (socket: Socket) => {
        if (!socket.connecting) return;
        const connect = abandon(CONNECT_TIMEOUT, 'no connection');
        for (const event of ['connect', 'secureConnect', 'close']) socket.once(event, () => clearTimeout(connect));
      });
      request.on('error', (cause: NodeJS.ErrnoException) => {
        clearTimeout(answer);
        reject(request.reusedSocket && cause.code === 'ECONNRESET' ? new StaleConnection(cause.message, { cause }) : cause);
      });
      request.on('response', (response) => {
        clearTimeout(answer);
        if (call.idleTimeout !== undefined) response.setTimeout(call.idleTimeout, () => response.destroy(new Error('the connection fell silent')));
        resolve(response);
      });
      request.end(payload);
    });
  }

  /** Sends a call and reads the whole answer. */
  async json(call: Call): Promise<Answer> {
    const response = await this.send(call);
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of response) chunks.push(chunk as Buffer);
    } catch (cause) {
      throw this.#unreachable(call, cause);
    }
    const text = Buffer.concat(chunks).toString('utf8');
    const isJson = response.headers['content-type']?.includes('json') ?? false;
    return { status: response.statusCode ?? 0, body: isJson ? fromJson(text) : text, retryAfterSeconds: retryAfter(response) };
  }

  /** Ends the connections that are kept. */
  close(): void {
    this.#agent?.agent.destroy();
    this.#agent = undefined;
  }

  /** A name such as `..` would be resolved away: a deletion of that ConfigMap would be one of its namespace. */
  #url({ verb, target, path }: Call): URL {
    const url = new URL(this.server + path);
    const base = new URL(this.server).pathname.replace(/\/$/, '');
    if (url.pathname === base + path && !/\/(\/|$)/.test(path)) return url;
    throw new ClusterError('invalid', { verb, target }, 'its name, namespace or apiVersion cannot stand in a path');
  }

  #unreachable({ verb, target }: Request, cause: unknown): ClusterError {
    if (cause instanceof ClusterError) return cause;
    return new ClusterError('unreachable', { verb, target }, `the API server ${this.server} cannot be reached: ${messageOf(cause)}`, { cause });
  }

  async #options(call: Call): Promise<RequestOptions> {
    const options: RequestOptions & AgentOptions = {};
    try {
      await this.#config.applyToHTTPSOptions(options);
    } catch (cause) {
      throw new ClusterError('unauthorized', call, `the credentials of the kubeconfig cannot be used: ${messageOf(cause)}`, { cause });
    }
    return { headers: options.headers, auth: options.auth, agent: this.#keepAlive(options) };
  }

  /** client-node makes an agent for each call; one that lasts as long as its credentials saves a TLS handshake a request. */
  #keepAlive(options: RequestOptions & AgentOptions): HttpAgent {
    if (this.#config.getCurrentCluster()!.proxyUrl) return options.agent as HttpAgent;
    const { ca, cert, key, rejectUnauthorized, servername } = options;
    const tls = { ca, cert, key, rejectUnauthorized, servername };
    if (!this.#agent || !isSame(this.#agent.tls, tls)) {
      const settings = { keepAlive: true, ...tls };
      this.#agent = { tls, agent: this.server.startsWith('http:') ? new HttpAgent(settings) : new HttpsAgent(settings) };
    }
    return this.#agent.agent;
  }
}
