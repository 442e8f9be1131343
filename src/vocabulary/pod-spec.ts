import { KubeObject } from './kube-object';

/** An entry of a list of environment variables; whatever stands in a manifest may be missing or of another type. */
export interface EnvVariable {
  readonly name?: unknown;
  readonly value?: unknown;
  readonly valueFrom?: { readonly secretKeyRef?: Named; readonly configMapKeyRef?: Named };
}

/** A reference to something by its name, which may be allowed not to exist. */
export interface Named {
  readonly name?: unknown;
  readonly optional?: unknown;
}

/** A container, as far as it is read here. */
export interface Container {
  readonly name?: unknown;
  readonly image?: unknown;
  readonly command?: readonly unknown[];
  readonly args?: readonly unknown[];
  readonly env?: readonly EnvVariable[];
  readonly envFrom?: readonly { readonly secretRef?: Named; readonly configMapRef?: Named }[];
  readonly securityContext?: Readonly<Record<string, unknown>>;
}

/** A volume of a Pod, as far as it is read here. */
export interface Volume {
  readonly name?: unknown;
  readonly secret?: { readonly secretName?: unknown; readonly optional?: unknown };
  readonly configMap?: Named;
  readonly persistentVolumeClaim?: { readonly claimName?: unknown };
  readonly projected?: { readonly sources?: readonly { readonly secret?: Named; readonly configMap?: Named }[] };
  readonly csi?: { readonly nodePublishSecretRef?: Named };
  readonly hostPath?: unknown;
  readonly image?: { readonly reference?: unknown };
}

/** What a Pod runs, as far as it is read here. */
export interface PodSpec {
  readonly containers?: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly volumes?: readonly Volume[];
  readonly imagePullSecrets?: readonly Named[];
  readonly serviceAccountName?: unknown;
  readonly serviceAccount?: unknown;
  readonly restartPolicy?: unknown;
  readonly securityContext?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

interface Spec extends PodSpec {
  readonly template?: { readonly spec?: PodSpec };
  readonly jobTemplate?: { readonly spec?: { readonly template?: { readonly spec?: PodSpec } } };
}

/** The maps of a list, whatever else stands in it or in its place. */
export function mapsOf<T>(list: readonly T[] | null | undefined): readonly T[] {
  return Array.isArray(list) ? (list as readonly T[]).filter((item) => typeof item === 'object' && item !== null) : [];
}

function isMap(value: unknown): value is PodSpec {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The specs of the Pods that an object is or makes, of whatever kind it is. */
export function podSpecsOf({ spec }: KubeObject): readonly PodSpec[] {
  const { template, jobTemplate, ...own } = isMap(spec) ? (spec as Spec) : {};
  return [own, template?.spec, jobTemplate?.spec?.template?.spec].filter(isMap);
}

/** Where the spec of the Pods is in an object of a kind that makes some, as a JSON pointer. */
export function podSpecPath(kind: string): string {
  if (kind === 'Pod') return '/spec';
  return kind === 'CronJob' ? '/spec/jobTemplate/spec/template/spec' : '/spec/template/spec';
}

/** The images of a Pod that may be others tomorrow under the same name, each once: those that are named without a digest. */
export function mutableImagesOf(spec: PodSpec): string[] {
  const images = [...containersOf(spec).map(({ image }) => image), ...mapsOf(spec.volumes).map(({ image }) => image?.reference)];
  return [...new Set(images.filter((image): image is string => typeof image === 'string' && image !== '' && !/@[a-z0-9]+[+._-]?[a-z0-9]*:[0-9a-fA-F]{32,}$/.test(image)))];
}

/** The containers of a Pod in the order in which they start. */
export function containersOf({ initContainers, containers }: PodSpec): readonly Container[] {
  return [...mapsOf(initContainers), ...mapsOf(containers)];
}
