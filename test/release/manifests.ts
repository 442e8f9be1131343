import { ManifestFile, ReleaseContent, readContent } from '../../src/release';
import { HOOK, HOOK_DELETE_POLICY, HOOK_OUTPUT_LOG_POLICY, HOOK_WEIGHT, KubeObject, ObjectMeta } from '../../src/vocabulary';

type Fields = Readonly<Record<string, unknown>>;

/** The annotations of a hook, as they are written. */
export interface HookOptions {
  readonly on: string;
  readonly weight?: number | string;
  readonly policies?: string;
  readonly logs?: string;
}

/** Any object; with `hook` it is one. */
export function object(apiVersion: string, kind: string, name: string, fields: Fields = {}, hook?: HookOptions): KubeObject {
  const annotations = hook && {
    [HOOK]: hook.on,
    ...(hook.weight === undefined ? {} : { [HOOK_WEIGHT]: String(hook.weight) }),
    ...(hook.policies === undefined ? {} : { [HOOK_DELETE_POLICY]: hook.policies }),
    ...(hook.logs === undefined ? {} : { [HOOK_OUTPUT_LOG_POLICY]: hook.logs }),
  };
  return { apiVersion, kind, metadata: { name, ...(annotations ? { annotations } : {}) }, ...fields };
}

export function withMetadata(of: KubeObject, metadata: ObjectMeta): KubeObject {
  return { ...of, metadata: { ...of.metadata, ...metadata, annotations: { ...of.metadata.annotations, ...metadata.annotations } } };
}

export function job(name: string, hook?: HookOptions, spec: Fields = {}): KubeObject {
  const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'tool:1' }] } };
  return object('batch/v1', 'Job', name, { spec: { backoffLimit: 0, template, ...spec } }, hook);
}

export function pod(name: string, hook?: HookOptions): KubeObject {
  return object('v1', 'Pod', name, { spec: { containers: [{ name: 'main', image: 'tool:1' }] } }, hook);
}

export function configMap(name: string, data: Readonly<Record<string, string>> = {}, hook?: HookOptions): KubeObject {
  return object('v1', 'ConfigMap', name, { data }, hook);
}

export function deployment(name: string, image = 'web:1'): KubeObject {
  const labels = { app: name };
  return object('apps/v1', 'Deployment', name, {
    spec: { replicas: 1, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [{ name: 'web', image }] } } },
  });
}

export function file(path: string, ...objects: readonly KubeObject[]): ManifestFile {
  return { path, text: objects.map((each) => `${JSON.stringify(each)}\n`).join('---\n') };
}

/** The objects as a release in namespace shop holds them. */
export function content(...objects: readonly KubeObject[]): ReleaseContent {
  return readContent([file('app.yaml', ...objects)], 'shop');
}
