import { KubeObject, isMap, toJson } from '../vocabulary';

/** Whether everything that was sent is there; servers add fields, and leave empty maps out. */
function holds(live: unknown, sent: unknown): boolean {
  if (!isMap(sent)) return sent === undefined || toJson(live) === toJson(sent);
  return Object.entries(sent).every(([key, value]) => holds(isMap(live) ? live[key] : undefined, value));
}

/**
 * Whether an object says what was written: the same labels and annotations, and the same in these fields.
 *
 * An object that is being deleted says nothing any more.
 */
export function carries(live: KubeObject, sent: KubeObject, fields: readonly string[]): boolean {
  if (live.metadata.deletionTimestamp !== undefined) return false;
  const { labels, annotations } = sent.metadata;
  return holds(live.metadata, { labels, annotations }) && fields.every((field) => holds(live[field], sent[field]));
}
