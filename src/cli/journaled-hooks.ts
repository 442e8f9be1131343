import { findJournal } from '../lifecycle';
import { JournaledHook, ReleaseRecord } from '../release';
import { printable } from '../report';
import { LifecycleError } from '../vocabulary';
import { Streams } from './output';
import { Session } from './session';

/** What the journal of a revision says of its hooks; nothing where helm made the revision. That it cannot be read is told: the record says the rest. */
export async function journaledHooks(session: Session, { version }: ReleaseRecord, { err }: Streams): Promise<readonly JournaledHook[]> {
  const { cluster, release, namespace } = session;
  try {
    return (await findJournal(cluster, { release, namespace, revision: version }))?.hooks ?? [];
  } catch (error) {
    if (!(error instanceof LifecycleError)) throw error;
    err(printable(`warning: ${error.message}`));
    return [];
  }
}
