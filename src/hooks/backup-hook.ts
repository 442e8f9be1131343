import { Lazy } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { sampleOf } from '../tokens';
import { client, mountDumps } from './database/client';
import { Database } from './database/database';
import { defined } from './defined';
import { HookEvent } from './hook-event';
import { HookJob, HookJobProps } from './hook-job';
import { HookProps } from './hook-props';
import { mayCount } from './known';
import { BACKUP } from './scripts/backup';
import { variables } from './variables';

/** Properties of `BackupHook`. */
export interface BackupHookProps extends HookProps {
  /**
   * The database to dump. With it the hook knows what to run, and needs a `destination`.
   *
   * @default - none: `image` and `command` make the copy
   * @example
   * new BackupHook(chart, 'backup', { database: postgres, destination: dumps });
   */
  readonly database?: Database;

  /**
   * Where the dumps go, named by database, time and revision: `shop-20260131T080000Z-r7.dump`, in pg_dump's custom format.
   *
   * A dump gets its name when it is on the disk and was read back to its end. The claim must exist before the hook runs: as a resource of an earlier release,
   * as a hook, or made by somebody else. Give it `helm.sh/resource-policy: keep`, or an uninstall deletes the dumps with the release.
   *
   * @default - none; required with `database`
   * @example
   * const claim = kplus.PersistentVolumeClaim.fromClaimName(chart, 'dumps', 'shop-dumps');
   * new BackupHook(chart, 'backup', { database: postgres, destination: claim });
   */
  readonly destination?: kplus.IPersistentVolumeClaim;

  /**
   * How many dumps of this database stay at the destination, a whole number from 1. There must be room for one more: the oldest goes when the new one is whole.
   *
   * @default 5
   * @example
   * new BackupHook(chart, 'backup', { database: postgres, destination: dumps, keep: 14 });
   */
  readonly keep?: number;

  /**
   * The revision of the release, to be part of the dump's name; in a chart that Helm renders, `{{ .Release.Revision }}`.
   *
   * @default - the name has none
   * @example
   * new BackupHook(chart, 'backup', { database: postgres, destination: dumps, revision: '{{ .Release.Revision }}' });
   */
  readonly revision?: string;

  /**
   * The image with the tool that makes the copy.
   *
   * @default - that of the database's clients; required without `database`
   * @example
   * new BackupHook(chart, 'backup', { image: 'restic:0.17.3', command: ['restic', 'backup', '/data'] });
   */
  readonly image?: string;

  /**
   * What to run.
   *
   * @default - a dump of the database; without one, the entry point of the image
   * @example
   * new BackupHook(chart, 'backup', { image: 'restic:0.17.3', command: ['restic', 'backup', '/data'] });
   */
  readonly command?: string[];

  /**
   * The events that the hook runs at.
   *
   * @default [HookEvent.PRE_UPGRADE, HookEvent.PRE_DELETE]
   * @example
   * new BackupHook(chart, 'backup', { database: postgres, destination: dumps, on: [HookEvent.PRE_UPGRADE, HookEvent.PRE_ROLLBACK] });
   */
  readonly on?: HookEvent[];
}

/** A migration that a dump is taken before. */
interface Protected {
  readonly migration: kplus.Job;
  readonly image: string;
}

/**
 * Saves data before an upgrade or an uninstall may harm it. Run it before what may: `migrate.protectedBy(backup)`.
 *
 * @exampleMetadata nofixture
 * @example
 * import { Chart } from 'cdk8s';
 * import { BackupHook, Database } from 'cdk8s-lifecycle';
 * import { PersistentVolumeClaim } from 'cdk8s-plus-27';
 *
 * declare const chart: Chart;
 * declare const postgres: Database;
 * new BackupHook(chart, 'backup', {
 *   database: postgres,
 *   destination: PersistentVolumeClaim.fromClaimName(chart, 'dumps', 'shop-dumps'),
 *   keep: 10,
 * });
 */
export class BackupHook extends HookJob {
  /** The database that is dumped; none where a command makes the copy. */
  public readonly database?: Database;

  /** Where the dumps go; none where a command makes the copy. */
  public readonly destination?: kplus.IPersistentVolumeClaim;

  private readonly protects: Protected[] = [];

  constructor(scope: Construct, id: string, props: BackupHookProps) {
    super(scope, id, { on: [HookEvent.PRE_UPGRADE, HookEvent.PRE_DELETE], ...copy(`${scope.node.path}/${id}`, props) });
    this.database = props.database;
    this.destination = props.destination;
    if (props.destination) mountDumps(this, props.destination);
  }

  /**
   * Lets the pointer of a migration, a file beside the dumps, name the dump that was taken before it. `MigrationHook.protectedBy` calls it.
   *
   * @internal
   */
  public _protect(migration: kplus.Job, image: string): void {
    if (this.protects.length === 0) {
      const produce = () => this.protects.map((each) => `${each.migration.name} ${each.image}`).join('\n');
      this.job.containers[0].env.addVariable('MIGRATIONS', kplus.EnvValue.fromValue(Lazy.any({ produce }) as string));
    }
    this.protects.push({ migration, image });
  }
}

/** What makes the copy: a dump of the database, or what the props say. */
function copy(path: string, props: BackupHookProps): Omit<HookJobProps, 'on'> {
  const { database, destination, keep = 5, revision, image, ...rest } = defined(props);
  if (!database) {
    if (image === undefined) throw new Error(`${path} has nothing to save: give it a database and a destination, or an image that makes the copy`);
    return { ...rest, image };
  }
  if (!destination) throw new Error(`${path} has no destination for its dumps: give it a PersistentVolumeClaim`);
  if (!mayCount(keep)) throw new Error(`${path} is to keep ${sampleOf(keep)} dumps: give it a whole number from 1 on`);
  return client(database, BACKUP, { ...rest, image }, variables({ KEEP: keep, REVISION: revision }));
}
