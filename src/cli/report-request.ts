import { resolve } from 'node:path';
import { REPORT_FORMATS, ReportFormat } from '../report';
import { UsageError } from './usage-error';

/** A report that is asked for. */
export interface ReportRequest {
  readonly format: ReportFormat;
  readonly file: string;
}

const FORMATS = Object.keys(REPORT_FORMATS) as readonly ReportFormat[];

function requestOf(text: string): ReportRequest {
  const [word, file] = /^([^=]*)=?([^]*)$/.exec(text)!.slice(1);
  const format = FORMATS.find((each) => each === word);
  if (format && file !== '') return { format, file };
  throw new UsageError(`--report wants FORMAT=FILE, the format one of ${FORMATS.join(', ')}: not ${JSON.stringify(text)}`);
}

/** Reads a value of `--report`, `junit=a.xml,html=b.html`, in addition to those before it. */
export function reportRequests(value: string, before: readonly ReportRequest[] = []): readonly ReportRequest[] {
  const requests = value.split(/,(?=[^,=]*=)/).map(requestOf); // a name may hold a comma, unless what follows looks like another report
  const all = [...before, ...requests];
  for (const [index, { file }] of all.entries()) {
    if (all.slice(0, index).some((other) => resolve(other.file) === resolve(file))) throw new UsageError(`--report names ${file} twice: each report needs a file of its own`);
  }
  return all;
}
