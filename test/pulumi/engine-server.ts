import * as grpc from '@grpc/grpc-js';
import { EngineService } from '@pulumi/pulumi/proto/engine_grpc_pb';
import { LogRequest, LogSeverity } from '@pulumi/pulumi/proto/engine_pb';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';

/** A message as the engine gets it. */
export interface Message {
  readonly severity: string;
  readonly text: string;
  readonly urn: string;
  readonly ephemeral: boolean;
}

/** As much of Pulumi's engine as a provider talks to: it takes messages. */
export class EngineServer {
  static async start(): Promise<EngineServer> {
    const server = new EngineServer();
    server.#port = await new Promise((resolve, reject) => {
      server.#grpc.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => (error ? reject(error) : resolve(port)));
    });
    return server;
  }

  readonly messages: Message[] = [];
  /** Whether it refuses messages. */
  refuses = false;
  readonly #grpc = new grpc.Server();
  #port = 0;

  private constructor() {
    const log: grpc.handleUnaryCall<LogRequest, Empty> = ({ request }, done) => {
      if (this.refuses) return done({ code: grpc.status.UNAVAILABLE, details: 'the engine hangs up' });
      const names = Object.entries(LogSeverity) as [string, number][];
      const severity = names.find(([, value]) => value === request.getSeverity())![0];
      this.messages.push({ severity, text: request.getMessage(), urn: request.getUrn(), ephemeral: request.getEphemeral() });
      done(null, new Empty());
    };
    this.#grpc.addService({ log: EngineService.log } as unknown as grpc.ServiceDefinition, { log } as unknown as grpc.UntypedServiceImplementation);
  }

  get address(): string {
    return `127.0.0.1:${this.#port}`;
  }

  stop(): void {
    this.#grpc.forceShutdown();
  }
}
