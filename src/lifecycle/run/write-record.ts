import { Operation, RunContext } from './run-context';
import { ReleaseRecord } from '../../release';

/** Writes a revision, and tells of it. */
export async function* writeRecord(context: RunContext, record: ReleaseRecord): Operation {
  await context.records.write(record);
  if (record.version === context.record.version) context.record = record;
  yield { kind: 'record-written', revision: record.version, status: record.info.status };
}
