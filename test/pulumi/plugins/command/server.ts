import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { UntypedServiceImplementation } from '@grpc/grpc-js';
import { PluginInfo } from '@pulumi/pulumi/proto/plugin_pb';
import * as messages from '@pulumi/pulumi/proto/provider_pb';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';
import { answering, fields, serveProvider, struct } from '../provider-server';
import { Fields, UNKNOWN } from '../wire';
import { CommandInputs, Printed, runCommand } from './local-command';

const answer = answering();

const cancelled = new AbortController();

const NOTHING: Printed = { stdout: '', stderr: '' };

/** What a run would print is known only when it has run. */
const LATER: Printed = { stdout: UNKNOWN, stderr: UNKNOWN };

/** The state after a run; in a preview nothing runs. */
async function after(command: string | undefined, inputs: Fields, previous: Printed, preview: boolean): Promise<Fields> {
  if (command === undefined) return { ...inputs, ...previous };
  return { ...inputs, ...(preview ? LATER : await runCommand(command, inputs as CommandInputs, previous, cancelled.signal)) };
}

function inputsOf({ stdout: _stdout, stderr: _stderr, ...inputs }: Fields): Fields {
  return inputs;
}

function printedOf({ stdout, stderr }: Fields): Printed {
  return { stdout: String(stdout ?? ''), stderr: String(stderr ?? '') };
}

const SERVICE: UntypedServiceImplementation = {
  getPluginInfo: answer(() => new PluginInfo().setVersion('1.2.1')),
  cancel: answer(() => {
    cancelled.abort();
    return new Empty();
  }),
  configure: answer(() => new messages.ConfigureResponse().setSupportspreview(true)),
  check: answer((request: messages.CheckRequest) => new messages.CheckResponse().setInputs(request.getNews())),
  diff: answer((request: messages.DiffRequest) => {
    const [old, next] = [inputsOf(fields(request.getOlds())), fields(request.getNews())];
    const changed = [...new Set([...Object.keys(old), ...Object.keys(next)])].filter((key) => !isDeepStrictEqual(old[key], next[key]));
    const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
    const response = new messages.DiffResponse().setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE).setDiffsList(changed);
    return response.setReplacesList(changed.filter((key) => key === 'triggers'));
  }),
  create: answer(async (request: messages.CreateRequest) => {
    const inputs = fields(request.getProperties());
    const state = await after((inputs as CommandInputs).create, inputs, NOTHING, request.getPreview());
    return new messages.CreateResponse().setId(request.getPreview() ? '' : `command${randomBytes(4).toString('hex')}`).setProperties(struct(state));
  }),
  update: answer(async (request: messages.UpdateRequest) => {
    const inputs = fields(request.getNews());
    const { update, create } = inputs as CommandInputs;
    const state = await after(update ?? create, inputs, printedOf(fields(request.getOlds())), request.getPreview());
    return new messages.UpdateResponse().setProperties(struct(state));
  }),
  read: answer((request: messages.ReadRequest) => {
    const [id, properties, inputs] = [request.getId(), request.getProperties(), request.getInputs()];
    return new messages.ReadResponse().setId(id).setProperties(properties).setInputs(inputs);
  }),
  delete: answer(async (request: messages.DeleteRequest) => {
    const state = fields(request.getProperties());
    await after((state as CommandInputs).delete, inputsOf(state), printedOf(state), false);
    return new Empty();
  }),
};

/** Serves the engine that has started this process, until it is ended. */
export function serve(): Promise<void> {
  return serveProvider(SERVICE);
}
