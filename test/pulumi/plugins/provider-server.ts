import { Metadata, Server, ServerCredentials, ServerUnaryCall, ServiceDefinition, UntypedServiceImplementation, sendUnaryData, status } from '@grpc/grpc-js';
import { ResourceProviderService } from '@pulumi/pulumi/proto/provider_grpc_pb';
import { JavaScriptValue, Struct } from 'google-protobuf/google/protobuf/struct_pb';
import { Fields } from './wire';

/** Serves the engine that has started this process, until it is ended. */
export async function serveProvider(service: UntypedServiceImplementation): Promise<void> {
  const server = new Server({ 'grpc.max_receive_message_length': -1 });
  server.addService(ResourceProviderService as unknown as ServiceDefinition, service);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound)));
  });
  process.stdout.write(`${port}\n`); // the engine reads it
}

/**
 * Answers calls by what a function returns.
 *
 * @param detailsOf what the engine needs to know of an error beyond its message
 */
export function answering(detailsOf: (error: Error) => Metadata = () => new Metadata()) {
  return <Request, Response>(work: (request: Request) => Response | Promise<Response>) =>
    (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>): void => {
      Promise.resolve(call.request).then(work).then(
        (response) => callback(null, response),
        (error: Error) => callback({ code: status.UNKNOWN, details: error.message, metadata: detailsOf(error) }),
      );
    };
}

/** The fields of a message. */
export function fields(value: Struct | undefined): Fields {
  return value?.toJavaScript() ?? {};
}

/** A message with the fields. */
export function struct(value: Fields): Struct {
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(value)) as Record<string, JavaScriptValue>);
}
