export type { ConnectionOptions } from './kube-config';
export { KubernetesCluster } from './kubernetes-cluster';
