import { Manifest } from '../../conformance/behaviour';
import { resourcesOf } from './chart';

/** The value, without everything that no model of it mentions: defaults, and what the server and its controllers write. */
function mentioned(value: unknown, models: readonly unknown[]): unknown {
  if (Array.isArray(value)) {
    const items = models.flat();
    return value.map((item) => mentioned(item, items));
  }
  if (typeof value !== 'object' || value === null) return value;
  const objects = models.filter((model): model is Record<string, unknown> => typeof model === 'object' && model !== null);
  const keys = Object.keys(value).filter((key) => objects.some((model) => key in model)).sort();
  return Object.fromEntries(keys.map((key) => [key, mentioned((value as Record<string, unknown>)[key], objects.map((model) => model[key]))]));
}

/** The manifest as Helm puts it into the cluster. */
function owned(manifest: Manifest, namespace: string): Manifest {
  const { metadata } = manifest;
  const labels = { ...metadata.labels, 'app.kubernetes.io/managed-by': 'Helm' };
  const annotations = { ...metadata.annotations, 'meta.helm.sh/release-name': 'web', 'meta.helm.sh/release-namespace': namespace };
  return { ...manifest, metadata: { ...metadata, labels, annotations } };
}

function nameOf({ kind, metadata }: Manifest): string {
  return `${kind}/${metadata.name}`;
}

/** What a version of the chart should be in the cluster, by `Kind/name`. */
export function expectedContent(manifests: readonly Manifest[], namespace: string): Record<string, unknown> {
  return Object.fromEntries(manifests.map((manifest) => [nameOf(manifest), mentioned(owned(manifest, namespace), [owned(manifest, namespace)])]));
}

/** What is in the cluster, as far as any version of the chart speaks of it: a field that should have been dropped shows, a default does not. */
export function liveContent(objects: readonly Manifest[], namespace: string): Record<string, unknown> {
  const models = [...resourcesOf(1), ...resourcesOf(2)].map((manifest) => owned(manifest, namespace));
  const modelsOf = (object: Manifest) => models.filter((model) => nameOf(model) === nameOf(object));
  const known = objects.filter((object) => modelsOf(object).length > 0);
  return Object.fromEntries(known.map((object) => [nameOf(object), mentioned(object, modelsOf(object))]));
}
