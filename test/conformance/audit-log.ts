import { randomUUID } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { AuditRecord, toRecord } from '../cluster/audit';
import { testCluster } from '../cluster/cluster';
import { kubectl } from '../cluster/kubectl';

/** How often to look whether the log has caught up, in milliseconds. */
const LOOK_AGAIN = 200;

/** The part of the API server's audit log that is written from now on, read line by line: after a day of tests the whole is too large for one text. */
export class AuditLog {
  /** @throws an error if the cluster has no audit log */
  static async fromNowOn(): Promise<AuditLog> {
    const { auditLog } = await testCluster();
    if (!auditLog) throw new Error('This cluster has no audit log to read: name it in CDK8S_LIFECYCLE_AUDIT_LOG');
    return new AuditLog(auditLog, statSync(auditLog).size);
  }

  private constructor(private readonly file: string, private readonly start: number) {}

  /** The requests so far whose line is wanted, in the order in which they were answered. */
  async read(isWanted: (line: string) => boolean): Promise<AuditRecord[]> {
    // A request is recorded after its client has the answer; this one, made later, marks the place up to which the log is complete.
    const marker = randomUUID();
    await kubectl(['get', '--raw', `/api?marker=${marker}`]);
    for (;;) {
      const { records, complete } = await this.#scan(isWanted, marker);
      if (complete) return records.sort((a, b) => (a.time < b.time ? -1 : Number(a.time > b.time)));
      await pause(LOOK_AGAIN);
    }
  }

  async #scan(isWanted: (line: string) => boolean, marker: string): Promise<{ readonly records: AuditRecord[]; readonly complete: boolean }> {
    const records: AuditRecord[] = [];
    for await (const line of createInterface(createReadStream(this.file, { start: this.start }))) {
      if (line.includes(marker)) return { records, complete: true };
      if (isWanted(line)) records.push(toRecord(line));
    }
    return { records, complete: false };
  }
}
