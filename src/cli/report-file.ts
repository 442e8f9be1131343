import { randomUUID } from 'node:crypto';
import { closeSync, openSync, realpathSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { LifecycleEvent } from '../lifecycle';
import { Report, openReport } from '../report';
import { LifecycleError, messageOf } from '../vocabulary';
import { ReportRequest } from './report-request';
import { UsageError } from './usage-error';

/** Where a report goes: a link is followed, and what is no file, such as a pipe, is not replaced by one. */
function targetOf(file: string): string {
  const there = statSync(file, { throwIfNoEntry: false });
  if (!there) return file;
  if (!there.isFile()) throw new Error('it is there, and is no file');
  return realpathSync(file);
}

/**
 * A report that grows under another name, and gets its own when it is complete, so that nobody takes half of it for the whole.
 *
 * It is written where the process is made to exit, too. What goes wrong meanwhile is told, once, and does not touch the operation.
 */
export class ReportFile implements Report {
  readonly #target: string;
  readonly #partial: string;
  readonly #report: Report;
  readonly #tell: (line: string) => void;
  readonly #onExit: () => void;
  #descriptor?: number;

  /** @throws UsageError where the file cannot be written */
  constructor({ format, file }: ReportRequest, tell: (line: string) => void) {
    this.#tell = tell;
    this.#onExit = () => this.close();
    try {
      this.#target = targetOf(file);
      this.#partial = `${this.#target}.${randomUUID()}.partial`;
      this.#descriptor = openSync(this.#partial, 'wx');
    } catch (error) {
      throw new UsageError(`--report ${format}=${file} cannot be written: ${messageOf(error)}`);
    }
    this.#report = openReport(format, (text) => this.#write(text));
    process.once('exit', this.#onExit);
  }

  report(event: LifecycleEvent): void {
    this.#attempt(() => this.#report.report(event));
  }

  close(refusal?: LifecycleError): void {
    process.off('exit', this.#onExit);
    this.#attempt(() => {
      this.#report.close(refusal);
      this.#shut();
      renameSync(this.#partial, this.#target);
    });
  }

  /** Takes away what was begun: there is nothing to report. */
  discard(): void {
    process.off('exit', this.#onExit);
    this.#shut();
    rmSync(this.#partial, { force: true });
  }

  #write(text: string): void {
    const bytes = Buffer.from(text);
    for (let written = 0; written < bytes.length;) written += writeSync(this.#descriptor!, bytes, written);
  }

  #attempt(work: () => void): void {
    if (this.#descriptor === undefined) return;
    try {
      work();
    } catch (error) {
      this.discard();
      this.#tell(`warning: the report ${this.#target} could not be written: ${messageOf(error)}`);
    }
  }

  #shut(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }
}

/** Makes sure that reports can be written, before a server is asked for anything. */
export function tryReportFiles(requests: readonly ReportRequest[]): void {
  for (const file of openReportFiles(requests, () => undefined)) file.discard();
}

/** Begins all reports that are asked for, or none: what cannot be written is told before anything is touched. */
export function openReportFiles(requests: readonly ReportRequest[], tell: (line: string) => void): readonly ReportFile[] {
  const opened: ReportFile[] = [];
  try {
    for (const request of requests) opened.push(new ReportFile(request, tell));
    return opened;
  } catch (error) {
    for (const file of opened) file.discard();
    throw error;
  }
}
