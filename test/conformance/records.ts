import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { load, loadAll } from 'js-yaml';

/** A hook of a release record, as far as it is compared. */
interface RecordedHook {
  readonly name: string;
  readonly kind: string;
  readonly manifest: string;
  readonly events?: readonly string[];
  readonly weight?: number;
  readonly delete_policies?: readonly string[];
  readonly output_log_policies?: readonly string[];
  readonly last_run?: { readonly phase?: string };
}

/** A release record, as far as it is compared. */
export interface RecordedRelease {
  readonly name: string;
  readonly version: number;
  readonly info: { readonly status: string; readonly description?: string };
  readonly manifest?: string;
  readonly hooks?: readonly RecordedHook[];
}

/** Reads what a release Secret holds; written apart from the reader of src, which is under test. */
export function decode(data: string): RecordedRelease {
  return JSON.parse(gunzipSync(Buffer.from(Buffer.from(data, 'base64').toString(), 'base64')).toString()) as RecordedRelease;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, child]) => [key, sorted(child)]));
}

/** A few letters that stand for the content of a manifest. */
function digest(manifest: unknown): string {
  return createHash('sha256').update(JSON.stringify(sorted(manifest))).digest('hex').slice(0, 6);
}

function describe(manifest: unknown, clean: (text: string) => string): string {
  const { kind, metadata } = manifest as { kind: string; metadata: { name: string } };
  return `${kind}/${metadata.name}#${digest(JSON.parse(clean(JSON.stringify(manifest))))}`;
}

/** What failed is said in words of one's own; where it failed is not. */
function description(text = ''): string {
  return text.replace(/^(\w+ "[^"]+" failed: (?:failed [\w-]+:|[\w-]+ hooks failed:)?).*$/s, '$1 …');
}

function hookLine({ name, kind, manifest, events = [], weight = 0, ...hook }: RecordedHook, clean: (text: string) => string): string {
  // A hook that has not run yet has no policies in Helm's records; it gets the default when it does.
  const policies = hook.delete_policies?.length ? hook.delete_policies : ['before-hook-creation'];
  const logs = hook.output_log_policies?.length ? [`logs ${hook.output_log_policies.join(',')}`] : [];
  const content = describe(load(manifest), clean);
  return ['hook', content.startsWith(`${kind}/${name}#`) ? content : `${kind}/${name} of ${content}`, events.join(','), weight, policies.join(','), ...logs, hook.last_run?.phase || 'never ran'].join(' ');
}

/** A record as lines of a report. */
export function recordLines({ name, version, info, manifest = '', hooks = [] }: RecordedRelease, clean: (text: string) => string): string[] {
  const objects = (loadAll(manifest) as unknown[]).filter((each) => each !== null && each !== undefined).map((each) => describe(each, clean));
  const id = `${name} v${version}`;
  return [
    `${id} is ${info.status}: ${description(info.description)}`,
    ...(objects.length > 0 ? [`${id} holds ${objects.join(' ')}`] : []),
    ...hooks.map((hook) => `${id} ${hookLine(hook, clean)}`),
  ].map(clean);
}
