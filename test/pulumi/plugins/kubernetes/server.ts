import { Metadata, UntypedServiceImplementation, status } from '@grpc/grpc-js';
import { PluginInfo } from '@pulumi/pulumi/proto/plugin_pb';
import * as messages from '@pulumi/pulumi/proto/provider_pb';
import { Status } from '@pulumi/pulumi/proto/status_pb';
import { Any } from 'google-protobuf/google/protobuf/any_pb';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';
import { answering, fields, serveProvider, struct } from '../provider-server';
import { Connection, connect } from './connection';
import { InitFailed } from './init-failed';
import { Carrying, apply, check, diff, read, remove } from './operations';

const answer = answering(detailsOf);

let connection: Connection | undefined;
const cancelled = new AbortController();

const SERVICE: UntypedServiceImplementation = {
  getPluginInfo: answer(() => new PluginInfo().setVersion('4.34.2')),
  cancel: answer(() => {
    cancelled.abort();
    return new Empty();
  }),
  configure: answer((request: messages.ConfigureRequest) => {
    connection = connect(fields(request.getArgs()));
    return new messages.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true);
  }),
  check: answer(async (request: messages.CheckRequest) => {
    const suffix = Buffer.from(request.getRandomseed_asU8()).toString('hex').slice(0, 8);
    const inputs = await check(connection, `${request.getName()}-${suffix}`, fields(request.getOlds()), fields(request.getNews()));
    return new messages.CheckResponse().setInputs(struct(inputs));
  }),
  diff: answer((request: messages.DiffRequest) => {
    const { changed, replaces, deleteBeforeReplace } = diff(fields(request.getOldInputs()), fields(request.getNews()));
    const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
    const response = new messages.DiffResponse().setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE).setDiffsList([...changed]);
    return response.setReplacesList([...replaces]).setDeletebeforereplace(deleteBeforeReplace);
  }),
  create: answer(async (request: messages.CreateRequest) => {
    const { id, properties } = await apply(connection, fields(request.getProperties()), carrying(request.getTimeout(), request.getPreview()));
    return new messages.CreateResponse().setId(id).setProperties(struct(properties));
  }),
  update: answer(async (request: messages.UpdateRequest) => {
    const { properties } = await apply(connection, fields(request.getNews()), carrying(request.getTimeout(), request.getPreview()));
    return new messages.UpdateResponse().setProperties(struct(properties));
  }),
  read: answer(async (request: messages.ReadRequest) => {
    const found = await read(connection, request.getId(), fields(request.getProperties()), fields(request.getInputs()));
    if (!found) return new messages.ReadResponse().setId('');
    return new messages.ReadResponse().setId(found.id).setProperties(struct(found.properties)).setInputs(struct(found.inputs));
  }),
  delete: answer(async (request: messages.DeleteRequest) => {
    await remove(connection, fields(request.getProperties()), carrying(request.getTimeout()));
    return new Empty();
  }),
};

/** Serves the engine that has started this process, until it is ended. */
export function serve(): Promise<void> {
  return serveProvider(SERVICE);
}

/** What the engine needs to know of an object that was stored and is not ready, as gRPC of Go reads it. */
function detailsOf(error: Error): Metadata {
  const metadata = new Metadata();
  if (!(error instanceof InitFailed)) return metadata;
  const failed = new messages.ErrorResourceInitFailed().setId(error.id).setReasonsList([...error.reasons]);
  const detail = new Any();
  detail.pack(failed.setProperties(struct(error.properties)).setInputs(struct(error.inputs)).serializeBinary(), 'pulumirpc.ErrorResourceInitFailed');
  const whole = new Status().setCode(status.UNKNOWN).setMessage(error.message).setDetailsList([detail]);
  metadata.add('grpc-status-details-bin', Buffer.from(whole.serializeBinary()));
  return metadata;
}

function carrying(timeout: number, preview = false): Carrying {
  return { timeout, preview, signal: cancelled.signal };
}
