import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apply } from './kubectl';
import { createNamespace, deleteNamespace } from './namespace';
import { PostgresServer, startPostgres } from './postgres';
import { LocalVolume, createLocalVolume } from './volumes';
import { allOf } from './wait';

/** What a case needs whose release works on a database. */
export interface DatabaseCase {
  readonly namespace: string;
  readonly postgres: PostgresServer;
  /** A volume for its dumps, of the storage class that is called like the namespace. */
  readonly volume: LocalVolume;
  /** A folder for its files. */
  readonly folder: string;
  /** Removes all of it. */
  delete(): Promise<void>;
}

/** How such a case begins. */
export interface DatabaseCaseProps {
  /** What its namespace is called, up to what makes it unique. */
  readonly prefix: string;
  /** The role: it has the password `NAME-password`, also in the Secret `NAME-db`. */
  readonly role: string;
  /** The databases that the role owns. */
  readonly databases: readonly string[];
  /**
   * How much the volume holds.
   *
   * @default - as much as this machine's disk
   */
  readonly capacity?: string;
}

/** A namespace, a PostgreSQL server with a role and its databases, and a volume. */
export async function createDatabaseCase({ prefix, role, databases, capacity }: DatabaseCaseProps): Promise<DatabaseCase> {
  const namespace = await createNamespace(prefix);
  const [postgres, volume] = await allOf([startPostgres(), createLocalVolume({ name: namespace, storageClassName: namespace, capacity })]);
  const folder = mkdtempSync(join(tmpdir(), `${prefix}-`));
  await postgres.sql(`CREATE ROLE ${role} LOGIN PASSWORD '${role}-password'`);
  for (const database of databases) await postgres.sql(`CREATE DATABASE ${database} OWNER ${role}`);
  await apply([{ apiVersion: 'v1', kind: 'Secret', metadata: { name: `${role}-db` }, stringData: { password: `${role}-password` } }], namespace);
  return {
    namespace,
    postgres,
    volume,
    folder,
    delete: async () => {
      await deleteNamespace(namespace);
      await allOf([postgres.stop(), volume.delete()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
