import { KubeObject, isMap } from '../vocabulary';

/** The group of an API version; empty for the core. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

/** A kind as kubectl writes it: `Deployment.apps`, and `Secret` without a group. */
export function kindOf({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): string {
  const group = groupOf(apiVersion);
  return group === '' ? kind : `${kind}.${group}`;
}

/** The kinds of Kubernetes 1.34 that live outside of namespaces, as `kubectl api-resources --namespaced=false` lists them. */
const CLUSTER_WIDE: ReadonlySet<string> = new Set([
  'ComponentStatus', 'Namespace', 'Node', 'PersistentVolume', 'MutatingWebhookConfiguration.admissionregistration.k8s.io',
  'MutatingAdmissionPolicy.admissionregistration.k8s.io', 'MutatingAdmissionPolicyBinding.admissionregistration.k8s.io',
  'ValidatingAdmissionPolicy.admissionregistration.k8s.io', 'ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io',
  'ValidatingWebhookConfiguration.admissionregistration.k8s.io', 'CustomResourceDefinition.apiextensions.k8s.io', 'APIService.apiregistration.k8s.io',
  'SelfSubjectReview.authentication.k8s.io', 'TokenReview.authentication.k8s.io', 'SelfSubjectAccessReview.authorization.k8s.io',
  'SelfSubjectRulesReview.authorization.k8s.io', 'SubjectAccessReview.authorization.k8s.io', 'CertificateSigningRequest.certificates.k8s.io',
  'ClusterTrustBundle.certificates.k8s.io', 'FlowSchema.flowcontrol.apiserver.k8s.io', 'PriorityLevelConfiguration.flowcontrol.apiserver.k8s.io',
  'IngressClass.networking.k8s.io', 'IPAddress.networking.k8s.io', 'ServiceCIDR.networking.k8s.io', 'RuntimeClass.node.k8s.io',
  'ClusterRole.rbac.authorization.k8s.io', 'ClusterRoleBinding.rbac.authorization.k8s.io', 'DeviceClass.resource.k8s.io',
  'ResourceSlice.resource.k8s.io', 'PriorityClass.scheduling.k8s.io', 'CSIDriver.storage.k8s.io', 'CSINode.storage.k8s.io',
  'StorageClass.storage.k8s.io', 'VolumeAttachment.storage.k8s.io', 'VolumeAttributesClass.storage.k8s.io',
]);

/** The kind that a definition defines, if an object is one. */
export function definedKind(object: KubeObject): { readonly kind: string; readonly clusterWide: boolean } | undefined {
  if (kindOf(object) !== 'CustomResourceDefinition.apiextensions.k8s.io' || !isMap(object.spec)) return undefined;
  const { group, names, scope } = object.spec;
  return { kind: `${isMap(names) ? String(names.kind) : ''}.${String(group)}`, clusterWide: scope === 'Cluster' };
}

/** Whether an object lives outside of namespaces; one of a kind that nobody here knows does not: pulumi-kubernetes corrects that when it creates it. */
export function isClusterWide(object: KubeObject, among: readonly KubeObject[]): boolean {
  const kind = kindOf(object);
  return CLUSTER_WIDE.has(kind) || among.some((each) => definedKind(each)?.kind === kind && definedKind(each)!.clusterWide);
}
