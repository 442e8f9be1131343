import { RefusedError, findClaim } from '../lifecycle';
import { History, ReleaseRecord, lastOf, revisionOf } from '../release';
import { Session } from './session';

/**
 * Every revision of the release, oldest first.
 *
 * @throws RefusedError where there is none
 */
export async function allRevisions({ cluster, release, namespace }: Session, read: () => Promise<History>): Promise<History> {
  const revisions = await read();
  if (revisions.length > 0) return revisions;
  const claim = await findClaim(cluster, { release, namespace });
  if (!claim) throw new RefusedError(`There is no release "${release}" in namespace ${namespace}`, 'Name the right namespace with -n.');
  throw new RefusedError(
    `Release "${release}" in namespace ${namespace} has no records: its resources are managed by ${claim.holder}`,
    `What its hooks printed is shown by: cdk8s-lifecycle logs ${release} -n ${namespace}`,
  );
}

/**
 * One revision of the release.
 *
 * @param number which; without it, the last
 */
export async function findRevision(session: Session, number?: number): Promise<ReleaseRecord> {
  const history = await allRevisions(session, session.history);
  const found = number === undefined ? lastOf(history) : revisionOf(history, number);
  if (found) return found;
  const revisions = history.map(({ record }) => record.version).join(', ');
  throw new RefusedError(`Release "${session.release}" has no revision ${number}`, `Its revisions are ${revisions}.`);
}
