import { createRequire } from 'node:module';
import { Tell } from './row';

interface Engine {
  readonly client: import('@pulumi/pulumi/proto/engine_grpc_pb').IEngineClient;
  readonly LogRequest: typeof import('@pulumi/pulumi/proto/engine_pb').LogRequest;
  readonly LogSeverity: typeof import('@pulumi/pulumi/proto/engine_pb').LogSeverity;
}

let connected: Engine | undefined;

/** The engine that started this process; its address is the last argument. Only what a dynamic provider has loaded anyway is loaded. */
function engine(): Engine {
  if (connected) return connected;
  const pulumi = createRequire(require.resolve('@pulumi/pulumi/package.json'));
  const { EngineClient } = pulumi('@pulumi/pulumi/proto/engine_grpc_pb') as { EngineClient: new (address: string, credentials: unknown) => Engine['client'] };
  const { LogRequest, LogSeverity } = pulumi('@pulumi/pulumi/proto/engine_pb') as Pick<Engine, 'LogRequest' | 'LogSeverity'>;
  const { credentials } = pulumi('@grpc/grpc-js') as { credentials: { createInsecure(): unknown } };
  connected = { client: new EngineClient(process.argv.at(-1)!, credentials.createInsecure()), LogRequest, LogSeverity };
  return connected;
}

/** Tells the engine messages about a resource: they appear on its row. */
export function tellEngine(urn: string): Tell {
  return (severity, message, ephemeral) => {
    const { client, LogRequest, LogSeverity } = engine();
    const request = new LogRequest();
    request.setSeverity(LogSeverity[severity]);
    request.setMessage(message);
    request.setUrn(urn);
    request.setEphemeral(ephemeral);
    return new Promise((resolve, reject) => client.log(request, (error) => (error ? reject(error) : resolve())));
  };
}
