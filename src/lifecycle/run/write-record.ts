import { ReleaseRecord } from '../../release';
import { Operation, RunContext } from './run-context';

/** Writes a revision, and tells of it; its description may quote what a hook or the API server said. */
export async function* writeRecord(context: RunContext, { info, ...rest }: ReleaseRecord): Operation {
  const { description } = info;
  const record = { ...rest, info: { ...info, ...(description === undefined ? {} : { description: context.secrets.mask(description) }) } };
  await context.records.write(record);
  if (record.version === context.record.version) context.record = record;
  yield { kind: 'record-written', revision: record.version, status: record.info.status };
}

/**
 * Deletes the records that the plan gives up, and tells of it.
 *
 * At the end of an uninstall those that cannot be read go, too: left behind, they would be revisions of the next release of this name.
 */
export async function* forgetRecords({ plan: { operation, settings, forget }, records }: RunContext): Operation {
  const unreadable = operation === 'uninstall' && !settings.keepHistory ? records.unreadable.flatMap(({ revision }) => revision ?? []) : [];
  const revisions = [...forget, ...unreadable].sort((a, b) => a - b);
  if (revisions.length === 0) return;
  for (const revision of revisions) await records.delete(revision);
  yield { kind: 'records-deleted', revisions };
}
