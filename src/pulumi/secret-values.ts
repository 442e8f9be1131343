import * as pulumi from '@pulumi/pulumi';
import { tokensIn } from '../tokens';
import { isMap } from '../vocabulary';
import { outputOf } from './late';

/** Every text in a value. */
function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (isMap(value)) return Object.values(value).flatMap(textsOf);
  return value === undefined || value === null ? [] : [String(value)];
}

/** The values in objects that are secret, wherever they stand: no log of a hook may show them. */
export function secretValuesOf(objects: readonly unknown[]): pulumi.Output<string[]> {
  const values = tokensIn(objects).map((token) => {
    const output = outputOf(token);
    return pulumi.output(pulumi.isSecret(output)).apply((isSecret) => (isSecret ? output.apply(textsOf) : []));
  });
  return pulumi.secret(pulumi.all(values).apply((texts) => [...new Set(texts.flat())]));
}
