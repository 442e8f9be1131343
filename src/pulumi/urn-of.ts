import * as pulumi from '@pulumi/pulumi';

/**
 * A URN as a text and nothing more. The URN of a component is an output that depends on all of its children (sdk/nodejs/runtime/dependsOn.ts), so that a child
 * which is told it would wait for itself.
 */
export function bareUrn(urn: pulumi.Output<pulumi.URN>): Promise<pulumi.URN> {
  return new Promise((resolve) => void urn.apply(resolve));
}
