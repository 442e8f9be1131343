import { isDeepStrictEqual } from 'node:util';
import { KubeObject } from '../../../../src/vocabulary';
import { Fields, isFields } from '../wire';

const EVERY_KIND = ['apiVersion', 'kind', 'metadata.name', 'metadata.namespace'];

/**
 * Fields whose change replaces an object: those that the API server lets nobody change, and those that Pulumi does not, as a Pod that has read a ConfigMap or a
 * Secret once would not see the change (pulumi-kubernetes: provider/pkg/provider/force_new.go).
 */
const OF_KIND: Readonly<Record<string, readonly string[]>> = {
  'ConfigMap': ['data', 'binaryData'],
  'Secret': ['type', 'data', 'stringData'],
  'Pod': ['spec'],
  'PersistentVolumeClaim': ['spec'],
  'ResourceQuota': ['spec.scopes'],
  'Service': ['spec.clusterIP', 'spec.type'],
  'apps/DaemonSet': ['spec.selector'],
  'apps/Deployment': ['spec.selector'],
  'apps/StatefulSet': ['spec.podManagementPolicy', 'spec.revisionHistoryLimit', 'spec.selector', 'spec.serviceName', 'spec.volumeClaimTemplates'],
  'batch/Job': ['spec.selector', 'spec.template'],
  'policy/PodDisruptionBudget': ['spec'],
  'rbac.authorization.k8s.io/ClusterRoleBinding': ['roleRef'],
  'rbac.authorization.k8s.io/RoleBinding': ['roleRef'],
  'storage.k8s.io/StorageClass': ['parameters', 'provisioner'],
};

/** An object's group and kind, such as `batch/Job` or `Pod`. */
export function groupKind({ apiVersion, kind }: Pick<KubeObject, 'apiVersion' | 'kind'>): string {
  return [...apiVersion.split('/').slice(0, -1), kind].join('/');
}

/** The fields by which a new version differs from the old one so that it needs a new object. */
export function replacements(before: KubeObject, after: KubeObject): string[] {
  return [...EVERY_KIND, ...(OF_KIND[groupKind(after)] ?? [])].filter((path) => !isDeepStrictEqual(at(before, path), at(after, path)));
}

function at(value: Fields, path: string): unknown {
  return path.split('.').reduce<unknown>((each, field) => (isFields(each) ? each[field] : undefined), value);
}
