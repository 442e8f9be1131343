import { KubeObject, isMap } from '../../vocabulary';

/** A Secret as the API server keeps it: what was written as text is there as data, and as nothing else (pkg/apis/core/v1, Convert_v1_Secret_To_core_Secret). */
export function withSecretData(object: KubeObject): KubeObject {
  const { stringData, ...rest } = object;
  if (object.apiVersion !== 'v1' || object.kind !== 'Secret' || !isMap(stringData)) return object;
  const encoded = Object.entries(stringData).map(([key, text]) => [key, Buffer.from(String(text)).toString('base64')]);
  return { ...rest, data: { ...(isMap(object.data) ? object.data : {}), ...Object.fromEntries(encoded) } } as KubeObject;
}
