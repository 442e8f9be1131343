import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { BracketConnection } from './bracket-state';

/** Which cluster the hooks run in, and as whom. */
export interface ConnectionArgs {
  /**
   * The contents of a kubeconfig, or the path of one, in which `~/` is the home folder. It is kept in the state, encrypted; one that gets its tokens from a
   * command (`exec`) keeps none in it.
   *
   * @default - that of the Kubernetes provider of the release, else the one that `kubectl` uses
   */
  readonly kubeconfig?: pulumi.Input<string>;

  /**
   * A context of the kubeconfig.
   *
   * @default - that of the Kubernetes provider of the release, else the current one
   */
  readonly context?: pulumi.Input<string>;
}

/** What a provider was given. The SDK's type does not say that the resource has it. */
interface ProviderOutputs {
  readonly kubeconfig?: pulumi.Output<string | undefined>;
  readonly context?: pulumi.Output<string | undefined>;
}

/** A path that the environment names is not kept: the next machine has another. */
function unlessAmbient(kubeconfig: string | undefined): string | undefined {
  return kubeconfig === process.env.KUBECONFIG ? undefined : kubeconfig;
}

/** Where the hooks of a release run: where its resources are, as far as that can be known. */
export function connectionOf(args: ConnectionArgs | undefined, provider: pulumi.ProviderResource | undefined): pulumi.Output<BracketConnection> {
  const config = new pulumi.Config('kubernetes');
  const configured: ConnectionArgs = { kubeconfig: config.get('kubeconfig'), context: config.get('context') };
  const given = args ?? (k8s.Provider.isInstance(provider) ? (provider as ProviderOutputs) : configured);
  const kubeconfig = given.kubeconfig === undefined ? undefined : pulumi.secret(pulumi.output(given.kubeconfig).apply(unlessAmbient));
  return pulumi.output({ kubeconfig, context: given.context as pulumi.Input<string | undefined> });
}
