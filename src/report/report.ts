import { LifecycleEvent } from '../lifecycle';
import { LifecycleError } from '../vocabulary';
import { HtmlReport } from './html-report';
import { JsonReporter } from './json-reporter';
import { JunitReport } from './junit-report';

/** What is written to a file beside what people watch. */
export interface Report {
  report(event: LifecycleEvent): void;
  /**
   * Writes what is left to be written.
   *
   * @param refusal why no operation was begun
   */
  close(refusal?: LifecycleError): void;
}

/** The formats of reports by their names. */
export const REPORT_FORMATS = {
  junit: (write) => new JunitReport(write),
  json: (write) => {
    const reporter = new JsonReporter((line) => write(`${line}\n`));
    return { report: (event) => reporter.report(event), close: () => undefined };
  },
  html: (write) => new HtmlReport(write),
} satisfies Record<string, (write: (text: string) => void) => Report>;

/** A format of reports. */
export type ReportFormat = keyof typeof REPORT_FORMATS;

/** Begins a report; its text goes to `write`, piece by piece. */
export function openReport(format: ReportFormat, write: (text: string) => void): Report {
  return REPORT_FORMATS[format](write);
}
