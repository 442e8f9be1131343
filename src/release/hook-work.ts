import { KubeObject, ObjectRef, OURS, contentReferences, isMap, mutableImagesOf, podSpecsOf } from '../vocabulary';
import { Hook } from './hook';

/** Labels of a Pod that tell the version of a chart: each release has others, and its hooks do the same. */
const OF_THE_CHART = ['helm.sh/chart', 'app.kubernetes.io/version'];

/** Whether a hook runs only where something has changed; of what is done when it is made there is nothing to pass over. */
export function runsOnChange({ ref: { kind }, runOn }: Hook): boolean {
  return runOn !== undefined && (kind === 'Job' || kind === 'Pod');
}

function without(map: unknown, isLeftOut: (key: string) => boolean): unknown {
  return isMap(map) ? Object.fromEntries(Object.entries(map).filter(([key]) => !isLeftOut(key))) : map;
}

/** The metadata of a Pod without what does not change what it does. */
function podMetadata(metadata: unknown): unknown {
  if (!isMap(metadata)) return metadata;
  const { labels, annotations, ...rest } = metadata;
  return { ...rest, labels: without(labels, (key) => OF_THE_CHART.includes(key)), annotations: without(annotations, (key) => key.startsWith(OURS) || key.startsWith('helm.sh/')) };
}

/** The order of keys means nothing, neither in a manifest nor in what the API server sends. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
}

/**
 * What a hook does, of its own manifest: its spec, and the labels and annotations of its Pods.
 *
 * Its events, its weight, its policies and all that is said of the Job itself are left out: they say when it runs and what becomes of it.
 */
export function workOf({ ref, object }: Pick<Hook, 'ref' | 'object'>): KubeObject {
  const { apiVersion, kind } = object;
  const spec = isMap(object.spec) ? object.spec : {};
  const { template } = spec;
  const named = { apiVersion, kind, metadata: { name: ref.name } };
  if (kind === 'Pod') return { ...named, spec: sorted(spec), pod: sorted(podMetadata({ labels: object.metadata.labels, annotations: object.metadata.annotations })) };
  return { ...named, spec: sorted(isMap(template) ? { ...spec, template: { ...template, metadata: podMetadata(template.metadata) } } : spec) };
}

/**
 * The ConfigMaps and Secrets that a hook sees.
 *
 * @param namespace where the hook is, as far as it is known
 */
export function inputsOf({ object }: Pick<Hook, 'object'>, namespace: string | undefined): ObjectRef[] {
  return contentReferences(object).map(({ kind, name }) => ({ apiVersion: 'v1', kind, name, ...(namespace === undefined ? {} : { namespace }) }));
}

/** What a hook can see of a live ConfigMap or Secret. */
export function contentOf({ type, data, binaryData }: KubeObject, { apiVersion, kind, name, namespace }: ObjectRef): KubeObject {
  return { apiVersion, kind, metadata: { name, namespace }, type, data: sorted(data ?? {}), binaryData: sorted(binaryData ?? {}) };
}

/** The images of a hook that may be others by now although its manifest is the same. */
export function mutableImages({ object, runOn }: Hook): string[] {
  return runOn?.mutableTags === 'trust' ? [] : [...new Set(podSpecsOf(object).flatMap(mutableImagesOf))];
}
