export * from './connection-options';
export { KubernetesCluster } from './kubernetes-cluster';
