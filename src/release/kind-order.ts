import { compareBytes } from '../vocabulary';

/** Kinds in the order in which Helm 4 creates them: pkg/release/v1/util/kind_sorter.go. */
export const INSTALL_ORDER = [
  'PriorityClass', 'Namespace', 'NetworkPolicy', 'ResourceQuota', 'LimitRange', 'PodSecurityPolicy', 'PodDisruptionBudget', 'ServiceAccount', 'Secret',
  'SecretList', 'ConfigMap', 'StorageClass', 'PersistentVolume', 'PersistentVolumeClaim', 'CustomResourceDefinition', 'ClusterRole', 'ClusterRoleList',
  'ClusterRoleBinding', 'ClusterRoleBindingList', 'Role', 'RoleList', 'RoleBinding', 'RoleBindingList', 'Service', 'DaemonSet', 'Pod',
  'ReplicationController', 'ReplicaSet', 'Deployment', 'HorizontalPodAutoscaler', 'StatefulSet', 'Job', 'CronJob', 'IngressClass', 'Ingress', 'APIService',
  'MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration',
] as const;

/** Kinds in the order in which Helm 4 deletes them; not the exact reverse: Service stands sixth. */
export const UNINSTALL_ORDER = [
  'ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration', 'APIService', 'Ingress', 'IngressClass', 'Service', 'CronJob', 'Job', 'StatefulSet',
  'HorizontalPodAutoscaler', 'Deployment', 'ReplicaSet', 'ReplicationController', 'Pod', 'DaemonSet', 'RoleBindingList', 'RoleBinding', 'RoleList', 'Role',
  'ClusterRoleBindingList', 'ClusterRoleBinding', 'ClusterRoleList', 'ClusterRole', 'CustomResourceDefinition', 'PersistentVolumeClaim', 'PersistentVolume',
  'StorageClass', 'ConfigMap', 'SecretList', 'Secret', 'ServiceAccount', 'PodDisruptionBudget', 'PodSecurityPolicy', 'LimitRange', 'ResourceQuota',
  'NetworkPolicy', 'Namespace', 'PriorityClass',
] as const;

/** Sorts by kind, stable; unknown kinds come last, by name of the kind. */
export function sortByKind<T>(items: readonly T[], kindOf: (item: T) => string, order: readonly string[]): T[] {
  const rank = new Map(order.map((kind, index) => [kind, index]));
  return [...items].sort((a, b) => {
    const [left, right] = [kindOf(a), kindOf(b)];
    const [first, second] = [rank.get(left), rank.get(right)];
    if (first === undefined && second === undefined) return compareBytes(left, right);
    return (first ?? order.length) - (second ?? order.length);
  });
}
