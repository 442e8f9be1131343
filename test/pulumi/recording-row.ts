import { Row, rowOf } from '../../src/pulumi/row';

/** A row, and what was said on it: `… ` before what the next replaces, `! ` before warnings. */
export interface RecordingRow extends Row {
  readonly said: readonly string[];
}

/** A row that remembers what was said on it. */
export function recordingRow(): RecordingRow {
  const said: string[] = [];
  const row = rowOf(async (severity, message, ephemeral) => {
    said.push(`${ephemeral ? '… ' : ''}${severity === 'WARNING' ? '! ' : ''}${message}`);
  });
  return { ...row, said };
}
