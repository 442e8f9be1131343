import { isDeepStrictEqual } from 'node:util';
import { isClusterError } from '../../../../src/cluster';
import { KubeObject, ObjectRef } from '../../../../src/vocabulary';
import { Fields, conceal, hasUnknown, isFields, reveal, secret } from '../wire';
import { Connection } from './connection';
import { InitFailed } from './init-failed';
import { replacements } from './replacement';
import { Awaited, Patience, awaitGone, awaitReady, problemOf } from './wait';

const FIELD_MANAGER = 'pulumi-kubernetes';
const AUTONAMED = 'pulumi.com/autonamed';

/** What a change of inputs means for the object. */
export interface Difference {
  readonly changed: readonly string[];
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

/** An object as the engine keeps it. */
export interface Stored {
  readonly id: string;
  readonly properties: Fields;
  readonly inputs: Fields;
}

/** How an operation is carried out. */
export interface Carrying {
  /** Seconds that the program allows; 0 where it does not say. */
  readonly timeout: number;
  /** Only say what would come of it. */
  readonly preview?: boolean;
  readonly signal: AbortSignal;
}

/** Completes what the program says: a name, the one it has or a new one; the namespace; and that the data of Secrets is secret. */
export async function check(connection: Connection | undefined, newName: string, before: Fields, inputs: Fields): Promise<Fields> {
  const metadata = { ...(isFields(inputs.metadata) ? inputs.metadata : {}) } as Record<string, unknown>;
  if (metadata.name === undefined) {
    const { metadata: old } = toObject({ metadata: {}, ...before });
    metadata.name = old.annotations?.[AUTONAMED] ? old.name : newName;
    metadata.annotations = { ...(metadata.annotations as Fields | undefined), [AUTONAMED]: 'true' };
  }
  if (metadata.namespace === undefined && connection) {
    const { apiVersion, kind } = inputs as { readonly apiVersion: string; readonly kind: string };
    if ((await connection.cluster.kind({ apiVersion, kind }))?.namespaced) metadata.namespace = connection.namespace;
  }
  return concealData({ ...inputs, metadata });
}

/** What is different, and whether it needs a new object. */
export function diff(before: Fields, inputs: Fields): Difference {
  const [old, next] = [toObject(before), toObject(inputs)];
  const changed = [...new Set([...Object.keys(old), ...Object.keys(next)])].filter((key) => !isDeepStrictEqual(old[key], next[key]));
  const replaces = replacements(old, next);
  // The engine asks for another name for the successor of what it has named itself.
  const keepsName = !next.metadata.annotations?.[AUTONAMED];
  const sameName = keepsName && old.metadata.name === next.metadata.name && old.metadata.namespace === next.metadata.namespace;
  return { changed, replaces, deleteBeforeReplace: replaces.length > 0 && sameName };
}

/** Creates or changes an object and waits until it is ready. */
export async function apply(connection: Connection | undefined, inputs: Fields, { preview = false, ...carrying }: Carrying): Promise<Stored> {
  if (preview && (!connection || hasUnknown(inputs))) return { id: '', properties: inputs, inputs };
  const object = toObject(inputs);
  if (preview) return rehearse(connected(connection), object, inputs);
  const { cluster } = connected(connection);
  const applied = await cluster.apply(object, { fieldManager: FIELD_MANAGER });
  return stored(await awaitReady(cluster, applied.object, patience(object, carrying)), inputs);
}

/** The object as it is; nothing where it is gone. */
export async function read(connection: Connection | undefined, id: string, properties: Fields, inputs: Fields): Promise<Stored | undefined> {
  const known = toObject(Object.keys(inputs).length > 0 ? inputs : properties);
  const [name, namespace] = id.split('/').reverse();
  const live = await connected(connection).cluster.get({ apiVersion: known.apiVersion, kind: known.kind, name, namespace });
  if (!live) return undefined;
  const now = concealData(conceal(project(live, known), inputs) as Fields);
  return stored({ object: live, problem: problemOf(live)?.reason }, now);
}

/** Deletes an object and waits until it is gone. */
export async function remove(connection: Connection | undefined, properties: Fields, carrying: Carrying): Promise<void> {
  const { cluster } = connected(connection);
  const object = toObject(properties);
  const live = await cluster.get(refOf(object));
  if (!live) return;
  const policy = object.metadata.annotations?.['pulumi.com/deletionPropagationPolicy'] ?? 'foreground';
  const propagation = policy === 'background' || policy === 'orphan' ? policy : 'foreground';
  await cluster.delete(refOf(object), { propagation, uid: live.metadata.uid });
  await awaitGone(cluster, live, patience(object, carrying));
}

/** What the API server says to it. An object whose namespace or kind is made in the same run cannot be tried. */
async function rehearse({ cluster }: Connection, object: KubeObject, inputs: Fields): Promise<Stored> {
  try {
    const { object: properties } = await cluster.apply(object, { fieldManager: FIELD_MANAGER, dryRun: true });
    return stored({ object: properties }, inputs);
  } catch (error) {
    if (isClusterError(error, 'not-found', 'unknown-kind')) return { id: '', properties: inputs, inputs };
    throw error;
  }
}

function connected(connection: Connection | undefined): Connection {
  if (!connection) throw new Error('The kubeconfig is not known yet');
  return connection;
}

function patience({ metadata }: KubeObject, { timeout, signal }: Carrying): Patience {
  return { seconds: timeout || Number(metadata.annotations?.['pulumi.com/timeoutSeconds'] ?? 600), signal };
}

function stored({ object, problem }: Awaited, inputs: Fields): Stored {
  const { managedFields: _managed, ...metadata } = object.metadata;
  const properties = concealData(conceal({ ...object, metadata }, inputs) as Fields);
  const id = [metadata.namespace, metadata.name].filter(Boolean).join('/');
  if (problem !== undefined) throw new InitFailed(id, properties, inputs, [problem]);
  return { id, properties, inputs };
}

function toObject(value: Fields): KubeObject {
  return reveal(value) as KubeObject;
}

function refOf({ apiVersion, kind, metadata }: KubeObject): ObjectRef {
  return { apiVersion, kind, name: metadata.name!, namespace: metadata.namespace };
}

/** All data of a Secret is secret, whatever the program says. */
function concealData(object: Fields): Fields {
  if (object.apiVersion !== 'v1' || object.kind !== 'Secret') return object;
  const data = ['data', 'stringData'].filter((field) => object[field] !== undefined && object[field] !== null);
  return { ...object, ...Object.fromEntries(data.map((field) => [field, secret(reveal(object[field]))])) };
}

/** What is now in the fields that the program has set. */
function project(live: unknown, known: unknown): unknown {
  if (isFields(live) && isFields(known)) {
    // The server keeps stringData as data, and nothing that is empty.
    const kept = Object.keys(known).filter((key) => key in live || key === 'stringData' || isEmpty(known[key]));
    return Object.fromEntries(kept.map((key) => [key, key in live ? project(live[key], known[key]) : known[key]]));
  }
  if (Array.isArray(live) && Array.isArray(known) && live.length === known.length) return live.map((each, index) => project(each, known[index]));
  return live;
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
