import { ReleaseRecord } from '../release';
import { table } from './output';

/** What is said of a revision before all else. */
export function headOf({ name, namespace, version, info }: ReleaseRecord) {
  return { name, namespace, revision: version, status: info.status, updated: info.last_deployed ?? '', description: info.description ?? '' };
}

/** The same as lines, a field each. */
export function headLines(head: object): string[] {
  return table(Object.entries(head).map(([key, value]) => [`${key.toUpperCase()}:`, String(value)]));
}
