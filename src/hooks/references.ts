import { KubeObject } from '../vocabulary';

/** That an object needs another one. */
export interface Reference {
  readonly kind: string;
  readonly name: string;
}

interface Named {
  readonly name?: string;
}

interface Container {
  readonly env?: readonly { readonly valueFrom?: { readonly secretKeyRef?: Named; readonly configMapKeyRef?: Named } }[];
  readonly envFrom?: readonly { readonly secretRef?: Named; readonly configMapRef?: Named }[];
}

interface VolumeSource {
  readonly configMap?: Named;
  readonly secret?: Named & { readonly secretName?: string };
}

interface PodSpec {
  readonly serviceAccountName?: string;
  readonly imagePullSecrets?: readonly Named[];
  readonly containers?: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly volumes?: readonly (VolumeSource & { readonly projected?: { readonly sources?: readonly VolumeSource[] } })[];
}

interface WorkloadSpec {
  readonly template?: { readonly spec?: PodSpec };
  readonly jobTemplate?: { readonly spec?: WorkloadSpec };
}

/** The specification of the Pods that an object is or makes. */
export function podSpecOf({ kind, spec }: KubeObject): PodSpec | undefined {
  const { template, jobTemplate } = (spec ?? {}) as WorkloadSpec;
  if (kind === 'Pod') return spec as PodSpec;
  return (jobTemplate?.spec?.template ?? template)?.spec;
}

/** The objects that a Pod does not start without: its service account, ConfigMaps and Secrets. */
export function referencesOf(pod: PodSpec): Reference[] {
  const found: Reference[] = [];
  const add = (kind: string, name: string | undefined) => void (name !== undefined && found.push({ kind, name }));
  add('ServiceAccount', pod.serviceAccountName);
  for (const { name } of pod.imagePullSecrets ?? []) add('Secret', name);
  for (const { env = [], envFrom = [] } of [...(pod.initContainers ?? []), ...(pod.containers ?? [])]) {
    for (const { valueFrom } of env) {
      add('Secret', valueFrom?.secretKeyRef?.name);
      add('ConfigMap', valueFrom?.configMapKeyRef?.name);
    }
    for (const { secretRef, configMapRef } of envFrom) {
      add('Secret', secretRef?.name);
      add('ConfigMap', configMapRef?.name);
    }
  }
  for (const volume of pod.volumes ?? []) {
    for (const { configMap, secret } of [volume, ...(volume.projected?.sources ?? [])]) {
      add('ConfigMap', configMap?.name);
      add('Secret', secret?.secretName ?? secret?.name);
    }
  }
  return found;
}

/** The role that a binding gives to a service account, if it is one for it. */
export function roleFor(account: string, binding: KubeObject): Reference | undefined {
  const { kind, subjects, roleRef } = binding as KubeObject & { readonly subjects?: readonly Reference[]; readonly roleRef?: Reference };
  if (kind !== 'RoleBinding' && kind !== 'ClusterRoleBinding') return undefined;
  return subjects?.some((subject) => subject.kind === 'ServiceAccount' && subject.name === account) ? roleRef : undefined;
}
