import { DEFAULT_DELETE_POLICIES, KubeObject } from '../vocabulary';
import { ReleaseContent } from './content';
import { readDocuments } from './documents';
import { Hook } from './hook';
import { RecordedHook, ReleaseRecord } from './record';
import { Resource } from './resource';

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

function resourceOf(object: KubeObject, text: string, path: string): Resource {
  const { apiVersion, kind, metadata } = object;
  return { ref: { apiVersion, kind, name: metadata.name ?? '', ...(metadata.namespace ? { namespace: metadata.namespace } : {}) }, object, text, path };
}

/** Helm takes the items of a list for objects of the release: cli-runtime's resource.Builder, Flatten. */
function flatten(value: unknown): KubeObject[] {
  const { kind, items } = value as { readonly kind: string; readonly items?: unknown };
  return kind.endsWith('List') && Array.isArray(items) ? items.flatMap(flatten) : [value as KubeObject];
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
  return (
    document && {
      ...resourceOf(document.value as KubeObject, hook.manifest, hook.path),
      events: hook.events,
      weight: hook.weight ?? 0,
      // Helm keeps words here that mean nothing to it; they switch its default off all the same: pkg/action/hooks.go, hookSetDeletePolicy.
      deletePolicies: hook.delete_policies?.length ? hook.delete_policies : DEFAULT_DELETE_POLICIES,
      outputLogPolicies: hook.output_log_policies ?? [],
    }
  );
}

/** The manifests of a revision that was recorded, by us or by Helm. They ran once, so nothing of them is refused. */
export function recordedContent(record: ReleaseRecord): ReleaseContent {
  return {
    hooks: record.hooks.flatMap((hook) => recordedHook(hook) ?? []),
    resources: recordedResources(record.manifest),
  };
}
