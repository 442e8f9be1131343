import * as pulumi from '@pulumi/pulumi';
import { IResolver, ResolutionContext } from 'cdk8s';
import { isMap, messageOf } from '../vocabulary';

/** A value of Pulumi that was given to a construct as it is. */
export class BareOutputError extends Error {
  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}

const REMEDY = 'Give the construct late.string(…) of it, or late.number(…) where a number is wanted.';

/** What is no value that a manifest can hold. */
function bareKind(value: unknown): string | undefined {
  if (pulumi.Output.isInstance(value)) return `an Output of Pulumi stands here, which is known later. ${REMEDY}`;
  if (pulumi.Resource.isInstance(value)) return 'a resource of Pulumi stands here. Take one of its outputs: late.string(resource.name), say.';
  if (value instanceof Promise) return `a Promise stands here, which is known later. ${REMEDY}`;
  return undefined;
}

/** What an Output prints as (@pulumi/pulumi, output.ts), also in a URL. */
const PRINTED = /Calling(?: |%20|\+)(?:\[|%5B)(toString|toJSON)(?:\]|%5D)/i;
const PRINTED_PROMISE = '[object Promise]';

/** What a text has become part of which was an Output; nothing for any other text. */
function printedKind(text: string): string | undefined {
  const method = PRINTED.exec(text)?.[1].toLowerCase();
  if (method === 'tojson') return 'an Output of Pulumi was made a part of a text of JSON, and is known later. Make all of it one: late.string(pulumi.jsonStringify(…)).';
  if (method === 'tostring') return 'an Output of Pulumi was made a part of this text, and is known later. Make late.string(…) of it a part of the text.';
  return text.includes(PRINTED_PROMISE) ? 'a Promise was made a part of this text, and is known later. Make late.string(…) of it a part of the text.' : undefined;
}

function wrongIn(value: unknown): string | undefined {
  if (typeof value === 'string') return printedKind(value);
  if (!Number.isNaN(value)) return bareKind(value);
  return 'this is NaN, which an Output of Pulumi becomes that is calculated with. Calculate in apply(), and give the construct late.number(…) of that.';
}

/** A JSON pointer: https://www.rfc-editor.org/rfc/rfc6901 */
function pointer(path: readonly string[]): string {
  return path.map((key) => `/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');
}

/** Fields of metadata, which cdk8s resolves by themselves, before the object: there, keys begin with one of these (lib/metadata.js, toJson). */
const METADATA: ReadonlySet<string> = new Set(['name', 'namespace', 'generateName', 'annotations', 'labels', 'finalizers', 'ownerReferences']);

/** Finds Outputs among the props of constructs before cdk8s does, which would call them OutputImpl: for the resolvers of an app. */
export class BareOutputResolver implements IResolver {
  /** Refuses what cdk8s is about to write, if it is a value of Pulumi. */
  resolve({ obj, key, value }: ResolutionContext): void {
    const wrong = bareKind(value);
    if (wrong !== undefined) throw new BareOutputError(`${obj.node.path}${pointer(METADATA.has(key[0]) ? ['metadata', ...key] : key)}: ${wrong}`);
  }
}

function checkValue(place: string, value: unknown, path: readonly string[]): void {
  const wrong = wrongIn(value);
  if (wrong !== undefined) throw new BareOutputError(`${place}${pointer(path)}: ${wrong}`);
  if (Array.isArray(value)) value.forEach((item, index) => checkValue(place, item, [...path, String(index)]));
  else if (isMap(value)) Object.entries(value).forEach(([key, field]) => checkEntry(place, key, field, path));
}

function checkEntry(place: string, key: string, field: unknown, path: readonly string[]): void {
  const wrong = printedKind(key);
  if (wrong !== undefined) throw new BareOutputError(`${place}${pointer(path)}: in the name of a field, ${wrong}`);
  checkValue(place, field, [...path, key]);
}

/**
 * Refuses an object in whose texts Outputs were printed.
 *
 * @param place the path of its construct
 * @throws BareOutputError that says where
 */
export function checkNoOutputs(place: string, object: unknown): void {
  checkValue(place, object, []);
}

/** Refuses an id of a construct in which an Output was printed. */
export function checkIds(path: string): void {
  const ids = path.split('/');
  const index = ids.findIndex((id) => printedKind(id) !== undefined);
  if (index >= 0) throw new BareOutputError(`${ids.slice(0, index).join('/') || 'the app'}: an Output of Pulumi stands in the id of a construct in it, which has to be known now.`);
}

/** An error of cdk8s, or what was found among the props, without what cdk8s says around it, which prints the Output. */
export function withoutFrame(error: unknown): unknown {
  const ours = /BareOutputError: ([^]*)$/.exec(messageOf(error))?.[1];
  return ours === undefined || error instanceof BareOutputError ? error : new BareOutputError(ours);
}
