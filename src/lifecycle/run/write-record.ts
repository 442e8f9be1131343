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
