import * as pulumi from '@pulumi/pulumi';
import { scalars } from '../release';
import { tokensIn } from '../tokens';
import { outputOf } from './late';

/** The values in objects that are secret, wherever they stand: no log of a hook may show them. */
export function secretValuesOf(objects: readonly unknown[]): pulumi.Output<string[]> {
  const values = tokensIn(objects).map((token) => {
    const output = outputOf(token);
    return pulumi.output(pulumi.isSecret(output)).apply((isSecret) => (isSecret ? output.apply(scalars) : []));
  });
  return pulumi.secret(pulumi.all(values).apply((texts) => [...new Set(texts.flat())]));
}
