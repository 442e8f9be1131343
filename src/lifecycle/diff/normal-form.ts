import { withoutLastApplied } from '../../release';
import { KubeObject, isMap } from '../../vocabulary';

/** Metadata that the server writes and nobody states. */
const SERVER_METADATA = [
  'creationTimestamp', 'deletionGracePeriodSeconds', 'deletionTimestamp', 'generation', 'managedFields', 'resourceVersion', 'selfLink', 'uid',
];

/** A Secret whose `stringData` is in `data`, where the server puts it. */
function folded({ stringData, ...object }: KubeObject): KubeObject {
  if (!isMap(stringData)) return stringData === undefined ? object : { ...object, stringData };
  const encoded = Object.entries(stringData).map(([key, value]) => [key, Buffer.from(String(value)).toString('base64')]);
  return { ...object, data: { ...(object.data as object | undefined), ...Object.fromEntries(encoded) } };
}

/** The object without what changes by itself: what is left of two states of it is what somebody meant. */
export function normalForm(object: KubeObject): KubeObject {
  const { status: _status, ...rest } = withoutLastApplied(object);
  const metadata = Object.fromEntries(Object.entries(rest.metadata).filter(([field]) => !SERVER_METADATA.includes(field)));
  const normal = { ...rest, metadata } as KubeObject;
  return normal.kind === 'Secret' ? folded(normal) : normal;
}
