import { AuditRecord } from '../cluster/audit';
import { kindOfPlural } from './kube';
import { decode } from './records';
import { LiveObject, Snapshot } from './snapshot';

/** A part of a run: one step of the tool, with what was there before and after it. */
export interface Span {
  readonly from: string;
  readonly before: Snapshot;
  readonly after: Snapshot;
}

/** A write that took effect. */
interface Write {
  readonly what: 'create' | 'change' | 'delete' | 'record';
  readonly kind: string;
  readonly line: string;
  /** What neighbours are sorted by; those that are equal stay in their order. */
  readonly key: string;
}

/** How closely a trace is looked at. */
export interface TraceOptions {
  readonly namespace: string;
  readonly closely: boolean;
  /** Whether an object is a hook in a step: hooks come one after the other, so their order counts. */
  readonly isHook: (step: number, kind: string, name: string) => boolean;
}

const RECORD = /^sh\.helm\.release\.v1\.(.+)\.v(\d+)$/;

/** Questions about rights, events, and the lock are no part of a release. */
const ASIDE = ['events', 'leases', 'selfsubjectaccessreviews', 'selfsubjectrulesreviews'];

function succeeded({ code }: AuditRecord): boolean {
  return code >= 200 && code < 300;
}

/** The object without what the server and controllers write. */
function written(object: LiveObject | undefined): string | undefined {
  if (!object) return undefined;
  const { status: _status, metadata: { resourceVersion: _version, generation: _generation, managedFields: _fields, ...metadata }, ...rest } =
    object as LiveObject & { readonly metadata: Record<string, unknown> };
  return JSON.stringify({ ...rest, metadata });
}

function moved({ before, after }: Span, kind: string, { name, namespace }: AuditRecord): boolean {
  const isIt = ({ kind: own, metadata }: LiveObject) => own === kind && metadata.name === name && [undefined, namespace].includes(metadata.namespace);
  const find = ({ objects }: Snapshot) => objects.find(isIt);
  const [old, now] = [find(before), find(after)];
  return old?.metadata.uid === now?.metadata.uid && written(old) !== written(now);
}

function isOwned(body: unknown): boolean {
  return Boolean((body as { metadata?: { ownerReferences?: readonly unknown[] } } | undefined)?.metadata?.ownerReferences?.length);
}

/** The deadline of a Job that we move so that its verdict comes at once. */
function isNudge(kind: string, { requestObject }: AuditRecord): boolean {
  const { spec, metadata } = (requestObject ?? {}) as { readonly spec?: object; readonly metadata?: object };
  return kind === 'Job' && Object.keys(spec ?? {}).join() === 'activeDeadlineSeconds' && Object.keys(metadata ?? {}).every((key) => key === 'uid');
}

/** Writes of records; those that change no status tell how far hooks are, and count only when one looks closely. */
class RecordWrites {
  readonly #statuses = new Map<string, string>();

  constructor(private readonly closely: boolean) {}

  read({ verb, name, requestObject }: AuditRecord): Write | undefined {
    const [, release, version] = RECORD.exec(name ?? (requestObject as { metadata: { name: string } }).metadata.name)!;
    const id = `${release} v${version}`;
    if (verb === 'delete') return { what: 'record', kind: '', key: id, line: `forget ${id}` };
    const { info, hooks = [] } = decode((requestObject as { data: { release: string } }).data.release);
    const phases = hooks.map(({ last_run: run }) => run?.phase || '-').join(' ');
    const status = this.closely && phases ? `${info.status} (${phases})` : info.status;
    if (this.#statuses.get(id) === status) return undefined;
    this.#statuses.set(id, status);
    return { what: 'record', kind: '', key: id, line: `record ${id} ${status}` };
  }
}

/** What was applied to each object last. Only server-side apply sends what may change nothing; what is changed and changed back has moved twice. */
class Applications {
  readonly #bodies = new Map<string, string>();

  /** Whether the apply moved the object. */
  read(span: Span, kind: string, record: AuditRecord): boolean {
    const id = [kind, record.namespace, record.name].join('|');
    const body = JSON.stringify(record.requestObject);
    const before = this.#bodies.get(id);
    this.#bodies.set(id, body);
    return before !== undefined && before !== body ? true : moved(span, kind, record);
  }
}

function objectWrite(record: AuditRecord, span: Span, applications: Applications, { namespace, closely }: TraceOptions): Write | undefined {
  const kind = kindOfPlural(record.resource);
  const body = record.requestObject as { readonly metadata?: { readonly name?: string; readonly generateName?: string } } | undefined;
  const name = record.name ?? body?.metadata?.name ?? body?.metadata?.generateName ?? '?';
  const elsewhere = record.namespace && record.namespace !== namespace && kind !== 'Namespace' ? `${record.namespace}/` : '';
  const write = (what: Write['what'], note = ''): Write => ({ what, kind, key: elsewhere + name, line: `${what} ${kind}/${elsewhere}${name}${note}` });
  if (isOwned(record.requestObject)) return undefined;
  const isApply = record.uri.includes('force=');
  const applied = isApply && applications.read(span, kind, record);
  if (record.verb === 'create' || record.code === 201) return write('create');
  if (record.verb === 'delete' || record.verb === 'deletecollection') return write('delete');
  if (isNudge(kind, record)) return closely ? write('change', ' (deadline)') : undefined;
  return !isApply || applied ? write('change') : undefined;
}

/** Sorts neighbours that are written at the same time (resources of one kind: by helm on install, by ours always), or in an order that is not compared. */
function withoutChance(writes: readonly Write[], step: number, { closely, isHook }: TraceOptions): Write[] {
  const isDeleted = ({ what }: Write) => what === 'delete';
  const together = (a: Write, b: Write) => {
    if (a.what === 'record' || b.what === 'record') return a.what === b.what && !closely;
    return isDeleted(a) === isDeleted(b) && a.kind === b.kind && ![a, b].some(({ kind, line }) => isHook(step, kind, line.split('/').at(-1)!));
  };
  const runs: Write[][] = [];
  for (const write of writes) {
    const run = runs.at(-1);
    if (run && together(run[0], write)) run.push(write);
    else runs.push([write]);
  }
  return runs.flatMap((run) => run.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key))));
}

/** What a tool has created, changed and deleted in each of its steps, in true order: from what the API server has recorded of its requests. */
export function traceOf(records: readonly AuditRecord[], spans: readonly Span[], options: TraceOptions): string[][] {
  const releases = new RecordWrites(options.closely);
  const applications = new Applications();
  return spans.map((span, index) => {
    const until = spans.at(index + 1)?.from ?? '~';
    const writes = records
      .filter(({ time, verb, resource, subresource }) => time >= span.from && time < until && !['get', 'list', 'watch'].includes(verb) && !subresource && !ASIDE.includes(resource))
      .filter(succeeded)
      .flatMap((record) => {
        const name = record.name ?? (record.requestObject as { metadata?: { name?: string } } | undefined)?.metadata?.name ?? '';
        return (RECORD.test(name) && record.resource === 'secrets' ? releases.read(record) : objectWrite(record, span, applications, options)) ?? [];
      });
    return withoutChance(writes, index, options).map(({ line }) => line);
  });
}
