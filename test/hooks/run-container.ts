import { ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { AddressInfo, createServer as createTcpServer } from 'node:net';
import { Chart } from 'cdk8s';
import { synth } from './synth';

/** What Kubernetes is told of a container. */
export interface Container {
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: unknown }[];
  readonly [field: string]: unknown;
}

interface PodSpec {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
}

/** The Pod of an object that a chart synthesizes. */
export function podOf(chart: Chart, name: string): PodSpec {
  const { kind, spec } = synth(chart)[name];
  return kind === 'Pod' ? (spec as PodSpec) : (spec as { readonly template: { readonly spec: PodSpec } }).template.spec;
}

/** The environment of a container by name, and where it comes from if it is no plain text. */
export function environmentOf({ env = [] }: Container): Record<string, unknown> {
  return Object.fromEntries(env.map(({ name, value, valueFrom }) => [name, value ?? valueFrom]));
}

/** The POSIX shells that scripts have to run in. */
export const SHELLS: readonly (readonly [string, readonly string[]])[] = [
  ['dash', ['dash']],
  ['bash', ['bash', '--posix']],
  ['busybox', ['busybox', 'sh']],
];

/** What a program did. */
export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** As Kubernetes does it: $(NAME) is the variable where there is one, $$ is $. */
function expand(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(/\$\$|\$\(([^)]*)\)/g, (whole, name?: string) => (name === undefined ? '$' : variables[name] ?? whole));
}

/** Starts the script of a container in a shell of this machine, with the container's variables and others. */
export function startContainer(container: Container, shell: readonly string[], others: Readonly<Record<string, string>> = {}): ChildProcess {
  const variables: Record<string, string> = { ...others };
  for (const { name, value } of container.env ?? []) if (value !== undefined) variables[name] = expand(value, variables);
  const [sh, ...words] = [...container.command, ...(container.args ?? [])].map((word) => expand(word, variables));
  if (sh !== 'sh') throw new Error(`the container runs ${sh}, no script`);
  return spawn(shell[0], [...shell.slice(1), ...words], { env: { PATH: process.env.PATH, ...variables }, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Runs it to its end. */
export function runContainer(container: Container, shell: readonly string[], others: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const child = startContainer(container, shell, others);
  const output = { stdout: '', stderr: '' };
  child.stdout!.on('data', (chunk) => void (output.stdout += String(chunk)));
  child.stderr!.on('data', (chunk) => void (output.stderr += String(chunk)));
  return new Promise((resolve, reject) => child.on('error', reject).on('close', (status) => resolve({ status, ...output })));
}

/** A request that a server got. */
export interface Request {
  readonly method?: string;
  readonly path?: string;
  readonly type?: string;
  readonly authorization?: string;
  readonly body: string;
}

/** A server for the length of a test. */
export interface Server {
  readonly port: number;
  readonly url: string;
  readonly requests: readonly Request[];
  readonly close: () => Promise<void>;
}

/** A server that answers by path, each time with the next of the answers that there are, and in the end always with the last. */
export async function serve(answers: Readonly<Record<string, readonly (number | string)[]>>, at = '127.0.0.1'): Promise<Server> {
  const requests: Request[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => void (body += String(chunk)));
    request.on('end', () => {
      const { method, url: path = '', headers } = request;
      const before = requests.filter((each) => each.path === path).length;
      requests.push({ method, path, type: headers['content-type'], authorization: headers.authorization, body });
      const known = answers[path.replace(/\?.*/, '')] ?? [404];
      const answer = known[Math.min(before, known.length - 1)];
      response.writeHead(typeof answer === 'number' ? answer : 200).end(typeof answer === 'number' ? undefined : answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, at, resolve));
  const { port } = server.address() as AddressInfo;
  return { port, url: `http://127.0.0.1:${port}`, requests, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** A port that accepts connections and says nothing. */
export async function listen(): Promise<Omit<Server, 'requests'>> {
  const server = createTcpServer((socket) => socket.on('error', () => socket.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, url: `127.0.0.1:${port}`, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** A port that refuses connections. */
export async function refusingPort(): Promise<number> {
  const { port, close } = await listen();
  await close();
  return port;
}
