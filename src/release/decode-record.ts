import { gunzipSync } from 'node:zlib';
import { fromJson } from '../vocabulary';
import { UnusableValue, measure } from './measure';
import { RecordedHook, ReleaseRecord } from './record';

/** Why a record cannot be read, as a clause. It quotes nothing of the record, which may hold passwords. */
export class MalformedRecord extends Error {}

/** A decoded record is never larger than this; a crafted one could otherwise fill the memory. */
const MAX_DECODED_BYTES = 64 * 1024 * 1024;

/** Nor does it hold more values: those of its chart, mostly. */
const MAX_VALUES = 1_000_000;

type Fields = Readonly<Record<string, unknown>>;

/** What Go reads as the zero value: pkg/storage/driver/util.go decodes with encoding/json. */
function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function map(value: unknown, what: string): Fields {
  if (isAbsent(value)) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw new MalformedRecord(`${what} is no map`);
  return value as Fields;
}

function list(value: unknown, what: string): readonly unknown[] {
  if (isAbsent(value)) return [];
  if (!Array.isArray(value)) throw new MalformedRecord(`${what} is no list`);
  return value;
}

function text(value: unknown, what: string): string {
  if (isAbsent(value)) return '';
  if (typeof value !== 'string') throw new MalformedRecord(`${what} is no string`);
  return value;
}

function integer(value: unknown, what: string): void {
  if (!isAbsent(value) && !Number.isSafeInteger(value)) throw new MalformedRecord(`${what} is no integer`);
}

function texts(fields: Fields, of: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, text(fields[name], `the ${name} of ${of}`)]));
}

function hook(value: unknown, index: number): RecordedHook {
  const what = `hook ${index + 1}`;
  const fields = map(value, what);
  for (const words of ['events', 'delete_policies', 'output_log_policies']) {
    for (const word of list(fields[words], `the ${words} of ${what}`)) text(word, `one of the ${words} of ${what}`);
  }
  integer(fields.weight, `the weight of ${what}`);
  const run = map(fields.last_run, `the last_run of ${what}`);
  texts(run, what, ['started_at', 'completed_at']);
  return {
    ...fields,
    ...texts(fields, what, ['name', 'kind', 'path', 'manifest']),
    events: fields.events ?? [],
    last_run: { ...run, phase: text(run.phase, `the phase of ${what}`) },
  } as unknown as RecordedHook;
}

/** What is not known here is kept: a newer Helm may know it. What Go reads as a zero value becomes one; anything else of a wrong type is refused, as in Go. */
function checked(value: unknown): ReleaseRecord {
  const fields = map(value, 'it');
  const info = map(fields.info, 'its info');
  if (!Number.isSafeInteger(fields.version) || Number(fields.version) < 1) throw new MalformedRecord('its version is no revision number');
  if (text(info.status, 'its status') === '') throw new MalformedRecord('it has no status');
  texts(info, 'its info', ['first_deployed', 'last_deployed', 'deleted', 'description', 'notes']);
  map(map(fields.chart, 'its chart').metadata, 'the metadata of its chart');
  map(fields.config, 'its config');
  return {
    ...fields,
    ...texts(fields, 'it', ['name', 'namespace', 'manifest']),
    hooks: list(fields.hooks, 'hooks').map(hook),
  } as unknown as ReleaseRecord;
}

function unpacked(encoded: string): string {
  const bytes = Buffer.from(encoded, 'base64');
  const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  try {
    return (zipped ? gunzipSync(bytes, { maxOutputLength: MAX_DECODED_BYTES }) : bytes).toString('utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new MalformedRecord(code === 'ERR_BUFFER_TOO_LARGE' ? `unpacked it is larger than ${MAX_DECODED_BYTES / 1024 / 1024} MiB` : 'it is no gzip', { cause });
  }
}

/**
 * Reads what encodeRecord wrote, and what Helm wrote, compressed or not.
 *
 * @throws MalformedRecord and nothing else
 */
export function decodeRecord(encoded: string): ReleaseRecord {
  let value: unknown;
  try {
    value = fromJson(unpacked(encoded), MAX_VALUES);
    measure(value);
  } catch (cause) {
    if (cause instanceof MalformedRecord) throw cause;
    if (cause instanceof UnusableValue || cause instanceof RangeError) throw new MalformedRecord(cause.message, { cause });
    throw new MalformedRecord('it is no JSON'); // the parser's own words quote the text
  }
  return checked(value);
}
