import { Cluster } from '../../cluster';
import { Hook, HookSuccess, ReleaseClaim, runsOnChange } from '../../release';
import { ContentSource } from '../plan';
import { claimRef } from './claim-book';
import { JournalScope, findJournal } from './journal-book';
import { SecretScope } from './secrets-in-use';

/** What the journal of the last revision knows of hooks that run only where something has changed; it is read only where there are some. */
async function lastSuccesses(cluster: Cluster, hooks: readonly Hook[], last: JournalScope): Promise<readonly HookSuccess[]> {
  return hooks.some(runsOnChange) ? ((await findJournal(cluster, last))?.successes ?? []) : [];
}

/**
 * Content for an upgrade, with what is known of the last successes of its hooks.
 *
 * A revision that helm has made since has no journal, and so nothing is known.
 */
export function withSuccesses(source: ContentSource, cluster: Cluster): ContentSource {
  return async (head, held) => {
    const given = await source(head, held);
    if (head.isInstall || head.resumes) return given;
    const { release, namespace, revision } = head;
    return { ...given, successes: await lastSuccesses(cluster, given.content.hooks, { release, namespace, revision: revision - 1 }) };
  };
}

/** The same of a release whose resources somebody else manages. */
export async function claimedSuccesses(
  cluster: Cluster,
  { release, namespace }: SecretScope,
  claim: ReleaseClaim | undefined,
  hooks: readonly Hook[],
): Promise<readonly HookSuccess[]> {
  return claim ? lastSuccesses(cluster, hooks, { release, namespace, owner: claimRef({ release, namespace }), revision: claim.revision }) : [];
}
