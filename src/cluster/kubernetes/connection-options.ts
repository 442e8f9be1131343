/** Which cluster, as whom. */
export interface ConnectionOptions {
  /**
   * Path of a kubeconfig file.
   *
   * @default - KUBECONFIG, the ServiceAccount of the Pod this runs in, ~/.kube/config
   */
  readonly kubeconfig?: string;

  /**
   * Contents of a kubeconfig, instead of a file.
   *
   * @default - a file
   */
  readonly kubeconfigText?: string;

  /**
   * Name of a context in the kubeconfig.
   *
   * @default - its current one
   */
  readonly context?: string;
}
