import { GroupVersionKind, KubeObject } from '../../vocabulary';
import { KindInfo } from '../cluster';

const NAMESPACED: Readonly<Record<string, readonly string[]>> = {
  'v1': ['ConfigMap', 'Endpoints', 'Event', 'LimitRange', 'PersistentVolumeClaim', 'Pod', 'ReplicationController', 'ResourceQuota', 'Secret', 'Service', 'ServiceAccount'],
  'apps/v1': ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  'autoscaling/v2': ['HorizontalPodAutoscaler'],
  'batch/v1': ['CronJob', 'Job'],
  'coordination.k8s.io/v1': ['Lease'],
  'networking.k8s.io/v1': ['Ingress', 'NetworkPolicy'],
  'policy/v1': ['PodDisruptionBudget'],
  'rbac.authorization.k8s.io/v1': ['Role', 'RoleBinding'],
};

const CLUSTER_WIDE: Readonly<Record<string, readonly string[]>> = {
  'v1': ['Namespace', 'Node', 'PersistentVolume'],
  'admissionregistration.k8s.io/v1': ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
  'apiextensions.k8s.io/v1': ['CustomResourceDefinition'],
  'networking.k8s.io/v1': ['IngressClass'],
  'rbac.authorization.k8s.io/v1': ['ClusterRole', 'ClusterRoleBinding'],
  'scheduling.k8s.io/v1': ['PriorityClass'],
  'storage.k8s.io/v1': ['StorageClass'],
};

interface DefinitionSpec {
  readonly group: string;
  readonly scope: string;
  readonly names: { readonly kind: string; readonly plural?: string };
  readonly versions: readonly { readonly name: string }[];
}

/** The plural as Kubernetes' own kinds form it. */
function pluralOf(kind: string): string {
  const word = kind.toLowerCase();
  if (word === 'endpoints') return word;
  return word.endsWith('s') ? `${word}es` : word.replace(/y$/, 'ie') + 's';
}

/** What the API server of 1.34 serves that releases use, and what CustomResourceDefinitions add. */
export function kindInfo({ apiVersion, kind }: GroupVersionKind, definitions: readonly KubeObject[]): KindInfo | undefined {
  if (NAMESPACED[apiVersion]?.includes(kind)) return { namespaced: true, plural: pluralOf(kind) };
  if (CLUSTER_WIDE[apiVersion]?.includes(kind)) return { namespaced: false, plural: pluralOf(kind) };
  const custom = definitions
    .map(({ spec }) => spec as DefinitionSpec)
    .find(({ group, names, versions }) => names.kind === kind && versions.some(({ name }) => `${group}/${name}` === apiVersion));
  return custom && { namespaced: custom.scope === 'Namespaced', plural: custom.names.plural ?? pluralOf(kind) };
}
