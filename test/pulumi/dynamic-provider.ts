import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import * as grpc from '@grpc/grpc-js';
import { ResourceProviderClient } from '@pulumi/pulumi/proto/provider_grpc_pb';
import * as messages from '@pulumi/pulumi/proto/provider_pb';
import { Struct } from 'google-protobuf/google/protobuf/struct_pb';

/** What stands in the state of a resource, and on the wire. */
export type Properties = Readonly<Record<string, unknown>>;

/** Why an operation failed: its text, and what is kept of the resource all the same. */
export interface Refusal {
  readonly message: string;
  readonly kept?: { readonly id: string; readonly properties: Properties };
}

type Method<Answer> = (request: unknown, done: (error: grpc.ServiceError | null, answer: Answer) => void) => void;

/** Answers with the names of the modules that the process has loaded. */
const PROBE = `data:text/javascript,${encodeURIComponent(`
import { createRequire } from 'node:module';
process.on('message', () => process.send(Object.keys(createRequire('/').cache)));
process.channel.unref();
`)}`;

function struct(properties: Properties): Struct {
  return Struct.fromJavaScript(properties as Parameters<typeof Struct.fromJavaScript>[0]);
}

function refusal(error: grpc.ServiceError): Refusal {
  const [details] = error.metadata.get('grpc-status-details-bin') as Buffer[];
  if (!details) return { message: error.details };
  const { Status } = jest.requireActual<typeof import('@pulumi/pulumi/proto/status_pb')>('@pulumi/pulumi/proto/status_pb');
  const [packed] = Status.deserializeBinary(details).getDetailsList();
  const failed = messages.ErrorResourceInitFailed.deserializeBinary(packed.getValue_asU8());
  return { message: error.details, kept: { id: failed.getId(), properties: failed.getProperties()!.toJavaScript() } };
}

/** The process that Pulumi starts for dynamic providers, of the SDK that is installed, as its engine calls it. */
export class DynamicProvider {
  /**
   * Starts it.
   *
   * @param folder that of the program
   * @param engine the address of the engine
   */
  static async start(folder: string, engine: string): Promise<DynamicProvider> {
    const server = require.resolve('@pulumi/pulumi/cmd/dynamic-provider');
    const child = spawn(process.execPath, ['--import', PROBE, server, engine], {
      cwd: folder, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env: { PATH: process.env.PATH, HOME: folder },
    });
    const provider = new DynamicProvider(child);
    createInterface({ input: child.stderr! }).on('line', (line) => provider.printed.push(line));
    const [port] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string];
    provider.#client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    const configure = new messages.ConfigureRequest();
    configure.setArgs(struct({}));
    await provider.#call<messages.ConfigureResponse>('configure', configure);
    return provider;
  }

  /** Lines of its stderr. */
  readonly printed: string[] = [];
  readonly #child: ChildProcess;
  #client!: ResourceProviderClient;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  async check(olds: Properties, news: Properties): Promise<Properties> {
    const request = new messages.CheckRequest();
    request.setOlds(struct(olds));
    request.setNews(struct(news));
    return (await this.#call<messages.CheckResponse>('check', request)).getInputs()!.toJavaScript();
  }

  async diff(id: string, olds: Properties, news: Properties): Promise<{ readonly changes: boolean; readonly replaces: readonly string[] }> {
    const request = new messages.DiffRequest();
    request.setId(id);
    request.setOlds(struct(olds));
    request.setNews(struct(news));
    const answer = await this.#call<messages.DiffResponse>('diff', request);
    return { changes: answer.getChanges() === messages.DiffResponse.DiffChanges.DIFF_SOME, replaces: answer.getReplacesList() };
  }

  /** Creates a resource. Rejects with a {@link Refusal}, as `update` and `delete` do. */
  async create(inputs: Properties): Promise<{ readonly id: string; readonly properties: Properties }> {
    const request = new messages.CreateRequest();
    request.setProperties(struct(inputs));
    const answer = await this.#call<messages.CreateResponse>('create', request);
    return { id: answer.getId(), properties: answer.getProperties()!.toJavaScript() };
  }

  async update(id: string, olds: Properties, news: Properties): Promise<Properties> {
    const request = new messages.UpdateRequest();
    request.setId(id);
    request.setOlds(struct(olds));
    request.setNews(struct(news));
    return (await this.#call<messages.UpdateResponse>('update', request)).getProperties()!.toJavaScript();
  }

  async delete(id: string, state: Properties): Promise<void> {
    const request = new messages.DeleteRequest();
    request.setId(id);
    request.setProperties(struct(state));
    await this.#call('delete', request);
  }

  /** The files that the process has loaded. */
  async loaded(): Promise<readonly string[]> {
    this.#child.send('loaded');
    const [files] = (await once(this.#child, 'message')) as [string[]];
    return files;
  }

  async stop(): Promise<void> {
    this.#client.close();
    this.#child.kill('SIGKILL');
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit');
  }

  #call<Answer>(method: string, request: unknown): Promise<Answer> {
    const client = this.#client as unknown as Readonly<Record<string, Method<Answer>>>;
    return new Promise((resolve, reject) => {
      client[method](request, (error, answer) => (error ? reject(refusal(error) as never) : resolve(answer)));
    });
  }
}
