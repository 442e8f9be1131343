import { KubeObject } from '../vocabulary';

/** A reference to something by its name; whatever stands in a manifest may be missing or of another type. */
interface Named {
  readonly name?: unknown;
}

interface Container {
  readonly env?: readonly { readonly valueFrom?: { readonly secretKeyRef?: Named } }[];
  readonly envFrom?: readonly { readonly secretRef?: Named }[];
}

interface Volume {
  readonly secret?: { readonly secretName?: unknown };
  readonly projected?: { readonly sources?: readonly { readonly secret?: Named }[] };
  readonly csi?: { readonly nodePublishSecretRef?: Named };
}

interface PodSpec {
  readonly containers?: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly volumes?: readonly Volume[];
  readonly imagePullSecrets?: readonly Named[];
}

interface Spec extends PodSpec {
  readonly template?: { readonly spec?: PodSpec };
  readonly jobTemplate?: { readonly spec?: { readonly template?: { readonly spec?: PodSpec } } };
}

function items<T>(list: readonly T[] | null | undefined): readonly T[] {
  return Array.isArray(list) ? (list as readonly T[]).filter((item) => typeof item === 'object' && item !== null) : [];
}

function ofContainer({ env, envFrom }: Container): unknown[] {
  return [...items(env).map(({ valueFrom }) => valueFrom?.secretKeyRef?.name), ...items(envFrom).map(({ secretRef }) => secretRef?.name)];
}

function ofVolume({ secret, projected, csi }: Volume): unknown[] {
  return [secret?.secretName, csi?.nodePublishSecretRef?.name, ...items(projected?.sources).map((source) => source.secret?.name)];
}

function ofPodSpec({ containers, initContainers, volumes, imagePullSecrets }: PodSpec): unknown[] {
  return [
    ...[...items(initContainers), ...items(containers)].flatMap(ofContainer),
    ...items(volumes).flatMap(ofVolume),
    ...items(imagePullSecrets).map(({ name }) => name),
  ];
}

/** The names of the Secrets that the Pods of an object use, of whatever kind it is; they lie in its namespace. */
export function secretReferences({ kind, spec, ...object }: KubeObject): string[] {
  const { template, jobTemplate, ...own } = (spec ?? {}) as Spec;
  const account = kind === 'ServiceAccount' ? [{ imagePullSecrets: object.imagePullSecrets as readonly Named[] }] : [];
  const names = [own, template?.spec, jobTemplate?.spec?.template?.spec, ...account].flatMap((each) => (each ? ofPodSpec(each) : []));
  return [...new Set(names.filter((name): name is string => typeof name === 'string' && name !== ''))];
}
