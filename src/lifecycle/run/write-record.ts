import { ReleaseRecord } from '../../release';
import { Operation, RunContext } from './run-context';

/** Writes a revision, and tells of it. */
export async function* writeRecord(context: RunContext, record: ReleaseRecord): Operation {
  await context.records.write(record);
  if (record.version === context.record.version) context.record = record;
  yield { kind: 'record-written', revision: record.version, status: record.info.status };
}
