import { DEFAULT_DELETE_POLICIES, KubeObject, LifecycleError } from '../vocabulary';
import { BadInputError } from './bad-input-error';
import { ReleaseContent } from './content';
import { readDocuments } from './documents';
import { Hook, oursOf } from './hook';
import { RecordedHook, ReleaseRecord } from './record';
import { Resource } from './resource';

/** Why the manifests of a record cannot be used, as a clause. */
class UnreadableManifest extends Error {}

/** The `manifest` of a record: every resource under a comment that names its file, as Helm prints it. */
export function manifestText(resources: readonly Resource[]): string {
  return resources.map(({ path, text }) => `---\n# Source: ${path === '-' ? 'stdin' : path}\n${text}${text.endsWith('\n') ? '' : '\n'}`).join('');
}

/** A hook as a record holds it, before it ran. */
export function recordHook(hook: Hook): RecordedHook {
  return {
    name: hook.ref.name,
    kind: hook.ref.kind,
    path: hook.path,
    manifest: hook.text,
    events: hook.events,
    ...(hook.weight === 0 ? {} : { weight: hook.weight }),
    delete_policies: hook.deletePolicies,
    ...(hook.outputLogPolicies.length === 0 ? {} : { output_log_policies: hook.outputLogPolicies }),
    last_run: { phase: '' },
  };
}

/** Helm takes numbers and truth values for strings where it wants one: sigs.k8s.io/yaml, convertToJSONableObject. */
function strings(map: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(map ?? {}).map(([key, value]) => [key, String(value ?? '')]));
}

function resourceOf(object: KubeObject, text: string, path: string): Resource {
  const { apiVersion, kind, metadata } = object;
  const ref = { apiVersion, kind, name: String(metadata.name ?? ''), ...(metadata.namespace ? { namespace: String(metadata.namespace) } : {}) };
  if (!metadata.annotations) return { ref, object, text, path };
  return { ref, object: { ...object, metadata: { ...metadata, annotations: strings(metadata.annotations) } }, text, path };
}

function isObject(value: unknown): value is KubeObject {
  const { apiVersion, kind, metadata } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return typeof apiVersion === 'string' && typeof kind === 'string' && typeof metadata === 'object' && metadata !== null;
}

/** Helm takes the items of a list for objects of the release: cli-runtime's resource.Builder, Flatten. */
function flatten(value: unknown): KubeObject[] {
  const { kind, items } = (value ?? {}) as { readonly kind?: unknown; readonly items?: unknown };
  if (typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items)) return items.flatMap(flatten);
  if (!isObject(value)) throw new UnreadableManifest('a document is no Kubernetes object');
  return [value];
}

function recordedResources(manifest: string): Resource[] {
  return readDocuments({ path: 'the release record', text: manifest }, { lenient: true }).flatMap(({ text, value }) => {
    const [first, ...rest] = text.split('\n');
    const source = /^# Source: (.*)$/.exec(first);
    return flatten(value).map((object) => resourceOf(object, source ? rest.join('\n') : text, source?.[1] ?? ''));
  });
}

function recordedHook(hook: RecordedHook): Hook | undefined {
  const document = readDocuments({ path: hook.path, text: hook.manifest }, { lenient: true }).at(0);
  if (document && !isObject(document.value)) throw new UnreadableManifest(`the hook ${hook.name} is no Kubernetes object`);
  const object = document?.value as KubeObject | undefined;
  return (
    object && {
      ...resourceOf(object, hook.manifest, hook.path),
      events: hook.events,
      weight: hook.weight ?? 0,
      // Helm keeps words here that mean nothing to it; they switch its default off all the same: pkg/action/hooks.go, hookSetDeletePolicy.
      deletePolicies: hook.delete_policies?.length ? hook.delete_policies : DEFAULT_DELETE_POLICIES,
      outputLogPolicies: hook.output_log_policies ?? [],
      ...oursOf(object.metadata.annotations),
    }
  );
}

/** Reads manifests of a record, and says of which revision they are where that fails. */
function reading<T>({ name, version }: ReleaseRecord, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof BadInputError || cause instanceof UnreadableManifest)) throw cause;
    const reason = cause instanceof BadInputError ? cause.problems.map(({ message }) => message).join('; ') : cause.message;
    throw new LifecycleError('cluster', `Revision ${version} of release "${name}" was recorded with a manifest that cannot be read: ${reason}`, {
      remedy: `Go on with helm, which may read it: helm history ${name}`,
      cause,
    });
  }
}

/**
 * The hooks of a revision that was recorded; its resources, which may be many, are not read.
 *
 * @throws LifecycleError that names the revision, and nothing else
 */
export function recordedHooks(record: ReleaseRecord): Hook[] {
  return reading(record, () => record.hooks.flatMap((hook) => recordedHook(hook) ?? []));
}

/**
 * The manifests of a revision that was recorded, by us or by Helm. They ran once, so nothing of them is refused that can be read at all.
 *
 * @throws LifecycleError that names the revision, and nothing else
 */
export function recordedContent(record: ReleaseRecord): ReleaseContent {
  return { definitions: [], hooks: recordedHooks(record), resources: reading(record, () => recordedResources(record.manifest)) };
}
