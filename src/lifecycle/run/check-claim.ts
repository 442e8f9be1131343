import { Cluster } from '../../cluster';
import { History, claimName, lastOf } from '../../release';
import { RefusedError } from '../plan';
import { findClaim } from './claim-book';
import { LockScope } from './lock';

/**
 * Makes sure that a release which has no records, or none that counts, is not one whose resources somebody else manages. One that has records is not looked for.
 *
 * @throws RefusedError that names who manages it
 */
export async function checkClaim(cluster: Cluster, scope: LockScope, history: History): Promise<void> {
  const last = lastOf(history);
  if (last && last.info.status !== 'uninstalled') return;
  const claim = await findClaim(cluster, scope);
  if (!claim) return;
  const { release, namespace } = scope;
  throw new RefusedError(
    `Release "${release}" in namespace ${namespace} has no records: its resources are managed by ${claim.holder}`,
    `Change it there, or name this one otherwise. If nobody manages it any more, delete the Secret ${claimName(release)}.`,
  );
}
