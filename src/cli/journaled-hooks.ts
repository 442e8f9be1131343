import { findJournal } from '../lifecycle';
import { Journal, JournaledHook, ReleaseRecord } from '../release';
import { printable } from '../report';
import { LifecycleError } from '../vocabulary';
import { Streams } from './output';
import { Session } from './session';

/** What the journal of a revision says of its hooks; nothing where helm made the revision. */
export async function journaledHooks(session: Session, record: ReleaseRecord, streams: Streams): Promise<readonly JournaledHook[]> {
  return (await journalOf(session, record, streams))?.hooks ?? [];
}

/** The journal of a revision; absent where helm made it. That it cannot be read is told: the record says the rest. */
export async function journalOf(session: Session, { version }: ReleaseRecord, { err }: Streams): Promise<Journal | undefined> {
  const { cluster, release, namespace } = session;
  try {
    return await findJournal(cluster, { release, namespace, revision: version });
  } catch (error) {
    if (!(error instanceof LifecycleError)) throw error;
    err(printable(`warning: ${error.message}`));
    return undefined;
  }
}
