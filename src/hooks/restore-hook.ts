import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { sampleText } from '../tokens';
import { RESTORES, describeRef } from '../vocabulary';
import { client, mountDumps } from './database/client';
import { Database } from './database/database';
import { defined } from './defined';
import { HookEvent } from './hook-event';
import { HookJob, HookJobProps } from './hook-job';
import { HookProps } from './hook-props';
import { MigrationHook } from './migration-hook';
import { RESTORE } from './scripts/restore';
import { variables } from './variables';

/** Properties of `RestoreHook`. */
export interface RestoreHookProps extends HookProps {
  /**
   * The database that is brought back.
   *
   * @example
   * new RestoreHook(chart, 'restore', { database: postgres, source: dumps });
   */
  readonly database: Database;

  /**
   * The claim that a `BackupHook` of the same database has its dumps on.
   *
   * @example
   * const claim = kplus.PersistentVolumeClaim.fromClaimName(chart, 'dumps', 'shop-dumps');
   * new RestoreHook(chart, 'restore', { database: postgres, source: claim });
   */
  readonly source: kplus.IPersistentVolumeClaim;

  /**
   * Name of the dump, a file at the source.
   *
   * @default - the newest dump of the database, or the one that `before` tells
   * @example
   * new RestoreHook(chart, 'restore', { database: postgres, source: dumps, dump: 'shop-20260131T080000Z-r7.dump' });
   */
  readonly dump?: string;

  /**
   * Restores the dump that was taken before this migration, as its pointer file says; the migration must be protected by a backup.
   *
   * Only the revision that is left knows its migration, so the hook's event is then `POST_ROLLBACK_FROM_SOURCE`, which Helm drops. A second Job looks at
   * `PRE_ROLLBACK_FROM_SOURCE` whether the dump is there, so that a rollback without one fails before it changes anything.
   *
   * @default - none
   * @example
   * migrate.protectedBy(backup);
   * new RestoreHook(chart, 'restore', { database: postgres, source: dumps, before: migrate });
   */
  readonly before?: MigrationHook;

  /**
   * The image with psql and pg_restore.
   *
   * @default - that of the database's clients
   * @example
   * new RestoreHook(chart, 'restore', { database: postgres, source: dumps, image: 'registry.example.com/postgres:17' });
   */
  readonly image?: string;

  /**
   * What to run.
   *
   * @default - the restore of the dump
   * @example
   * const restore = 'pg_restore --clean --if-exists --dbname "$PGDATABASE" "$BACKUPS/golden.dump"';
   * new RestoreHook(chart, 'restore', { database: postgres, source: dumps, command: ['sh', '-euc', restore] });
   */
  readonly command?: string[];

  /**
   * The events that the hook runs at.
   *
   * @default - [HookEvent.POST_ROLLBACK], and [HookEvent.POST_ROLLBACK_FROM_SOURCE] with `before`
   * @example
   * new RestoreHook(chart, 'restore', { database: postgres, source: dumps, on: [HookEvent.POST_INSTALL] });
   */
  readonly on?: HookEvent[];
}

/**
 * Puts a dump in the place of what a database holds: whatever was written since is lost.
 *
 * In one transaction: either all of the dump is there, and nothing that its role has made since, or everything is as it was. What other roles own stays.
 *
 * @exampleMetadata nofixture
 * @example
 * import { Chart } from 'cdk8s';
 * import { Database, RestoreHook } from 'cdk8s-lifecycle';
 * import { PersistentVolumeClaim } from 'cdk8s-plus-27';
 *
 * declare const chart: Chart;
 * declare const postgres: Database;
 * new RestoreHook(chart, 'restore', { database: postgres, source: PersistentVolumeClaim.fromClaimName(chart, 'dumps', 'shop-dumps') });
 */
export class RestoreHook extends HookJob {
  /** The hook that looks whether the dump is there before the rollback changes anything; none without `before`, or with a `command` of your own. */
  public readonly check?: HookJob;

  constructor(scope: Construct, id: string, props: RestoreHookProps) {
    const { database, source, dump, before, ...rest } = defined(props);
    if (dump !== undefined && before) throw new Error(`${scope.node.path}/${id} is to restore the dump ${sampleText(dump)}, and the one before a migration. Give it one of the two.`);
    if (dump !== undefined && sampleText(dump).includes('/')) throw new Error(`${scope.node.path}/${id} is to restore the dump ${sampleText(dump)}: give it the name of a file at the source, without a folder`);
    const which = variables({ DUMP: dump, MIGRATION: before?.job.name, VERSION: before?.image });
    const on = rest.on ?? [before ? HookEvent.POST_ROLLBACK_FROM_SOURCE : HookEvent.POST_ROLLBACK];
    super(scope, id, { ...client(database, RESTORE, rest, which), on });
    mountDumps(this, source);
    if (!before) return;
    const migration = describeRef(ApiObject.of(before.job));
    this.job.metadata.addAnnotation(RESTORES, migration);
    if (rest.command === undefined && on.includes(HookEvent.POST_ROLLBACK_FROM_SOURCE)) {
      this.check = lookFirst(this, { ...rest, database, source }, which);
      this.check.job.metadata.addAnnotation(RESTORES, migration);
      before.down?.after(this.check); // nothing is taken back without a dump to restore
    }
    this.node.addValidation({
      validate: () => [
        ...(before.backup ? [] : ['it restores the dump before a migration that no backup protects. Call protectedBy(backup) of the migration.']),
        ...((props.on ?? []).every((event) => FROM_SOURCE.includes(event))
          ? []
          : ['at its events the migration is that of the revision gone back to, whose dump is older than that revision. Use HookEvent.POST_ROLLBACK_FROM_SOURCE.']),
      ],
    });
  }
}

/** A hook like the one that restores, which runs before the rollback changes anything and looks only whether the dump is there. */
function lookFirst(restore: RestoreHook, props: RestoreHookProps, which: HookJobProps['env']): HookJob {
  const { name, weight, args, database, source, ...same } = props; // name, weight and arguments are the other one's own
  const own = name === undefined ? {} : { name: `${name}-check` };
  const look = client(database, RESTORE, { ...same, ...own }, { ...which, ...variables({ ONLY_LOOK: 'yes' }) });
  const check = new HookJob(restore, 'check', { ...look, on: [HookEvent.PRE_ROLLBACK_FROM_SOURCE] });
  mountDumps(check, source);
  return check;
}

/** The events at which the hooks are those of the revision that is left. */
const FROM_SOURCE = [HookEvent.PRE_ROLLBACK_FROM_SOURCE, HookEvent.POST_ROLLBACK_FROM_SOURCE];
