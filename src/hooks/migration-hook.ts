import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { sampleText } from '../tokens';
import { DOWN, IRREVERSIBLE, describeRef } from '../vocabulary';
import { BackupHook } from './backup-hook';
import { Database } from './database/database';
import { Migration } from './database/migration';
import { defined } from './defined';
import { HookEvent } from './hook-event';
import { HookJob, HookJobProps } from './hook-job';
import { HookProps } from './hook-props';
import { mayBeEqual } from './known';

/** Properties of `MigrationHook`. */
export interface MigrationHookProps extends HookProps {
  /**
   * The image with the migrations, or with the tool that runs them.
   *
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'registry.example.com/shop:2.4.0' });
   */
  readonly image: string;

  /**
   * What to run.
   *
   * @default - the `tool`; without one, the entry point of the image
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', command: ['npm', 'run', 'migrate'] });
   */
  readonly command?: string[];

  /**
   * The tool that runs the migrations.
   *
   * @default - none: `command` says what to run
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', database: postgres, tool: Migration.knex() });
   */
  readonly tool?: Migration;

  /**
   * The database to migrate. Its connection is in the environment: in libpq's variables, and in those of the tool.
   *
   * @default - none: `env` says where it is
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', database: postgres, command: ['rake', 'db:migrate'] });
   */
  readonly database?: Database;

  /**
   * What takes the migration back when a rollback leaves the revision that brought it: a second Job of the event `PRE_ROLLBACK_FROM_SOURCE`, with the same
   * image, environment and volumes. Helm drops that Job: there a rollback takes nothing back.
   *
   * It runs only if the migration succeeded in that revision, which may have found nothing to do. So name the version to go back to, not a number of steps.
   *
   * @default - none
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', database: postgres, tool: Migration.alembic(), down: ['alembic', 'downgrade', 'ae1027a6acf'] });
   */
  readonly down?: string[];

  /**
   * Whether nothing takes the migration back, as where it drops a column. Then the runner refuses every rollback over a revision in which it ran, an automatic
   * one included, unless a `RestoreHook` puts back the dump that was taken `before` it, or `--accept-data-loss` is given. Helm rolls back all the same.
   *
   * @default false
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', irreversible: true });
   */
  readonly irreversible?: boolean;

  /**
   * The events that the hook runs at.
   *
   * @default [HookEvent.POST_INSTALL, HookEvent.PRE_UPGRADE]
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', on: [HookEvent.POST_INSTALL, HookEvent.POST_UPGRADE] });
   */
  readonly on?: HookEvent[];
}

/**
 * Brings a database schema up to date: after the first install, and before every upgrade.
 *
 * @exampleMetadata nofixture
 * @example
 * import { Chart } from 'cdk8s';
 * import { BackupHook, Database, Migration, MigrationHook } from 'cdk8s-lifecycle';
 *
 * declare const chart: Chart;
 * declare const postgres: Database;
 * declare const backup: BackupHook;
 * const migrate = new MigrationHook(chart, 'migrate', {
 *   image: 'registry.example.com/shop:2.4.0',
 *   database: postgres,
 *   tool: Migration.alembic(),
 *   down: ['alembic', 'downgrade', 'ae1027a6acf'], // the version of the release before
 * });
 * migrate.protectedBy(backup);
 */
export class MigrationHook extends HookJob {
  /** The image with the migrations, by which the pointer beside the dumps tells one version's migration from another's. */
  public readonly image: string;

  /** The hook that takes the migration back; none if nothing does. */
  public readonly down?: HookJob;

  private readonly database?: Database;
  private guard?: BackupHook;

  constructor(scope: Construct, id: string, props: MigrationHookProps) {
    const { down, irreversible = false, ...rest } = migration(props);
    if (down && irreversible) throw new Error(`${scope.node.path}/${id} is irreversible, and is given what takes it back. Leave out irreversible or down.`);
    super(scope, id, { on: [HookEvent.POST_INSTALL, HookEvent.PRE_UPGRADE], ...rest });
    this.image = props.image;
    this.database = props.database;
    if (irreversible) this.job.metadata.addAnnotation(IRREVERSIBLE, 'true');
    if (!down) return;
    const { name, weight, args, runOn, mutableTags, always, ...same } = rest; // those are of this hook alone
    const own = name === undefined ? {} : { name: `${name}-down` };
    this.down = new HookJob(this, 'down', { ...same, ...own, command: down, on: [HookEvent.PRE_ROLLBACK_FROM_SOURCE] });
    this.job.metadata.addAnnotation(DOWN, describeRef(ApiObject.of(this.down.job)));
  }

  /** The backup that protects the migration; none if none does. */
  public get backup(): BackupHook | undefined {
    return this.guard;
  }

  /**
   * Lets a backup run before the migration, so that no schema is changed that was not saved.
   *
   * A pointer file beside the dumps, `DATABASE.before-JOB`, then has a line for each dump that was taken before this migration: its name, and the image of the
   * migration. It is there whoever runs the hooks, helm too.
   *
   * @example
   * migrate.protectedBy(backup);
   */
  public protectedBy(backup: BackupHook): void {
    if (this.guard) throw new Error(`${this.node.path} is protected by ${this.guard.node.path} already`);
    if (this.database && backup.database && !mayBeEqual(placeOf(this.database), placeOf(backup.database))) {
      throw new Error(sampleText(`${backup.node.path} saves ${placeOf(backup.database)}, and ${this.node.path} changes ${placeOf(this.database)}`));
    }
    this.guard = backup;
    this.after(backup);
    backup._protect(this.job, this.image);
  }
}

function placeOf({ host, port, name }: Database): string {
  return `${name} at ${host}:${port}`;
}

/** The hook as its tool and its database make it. */
function migration(props: MigrationHookProps): Omit<HookJobProps, 'on'> & Pick<MigrationHookProps, 'down' | 'irreversible'> {
  const { tool, database, ...rest } = defined(props);
  const env = database && { ...(tool ? tool.environment(database) : database.environment()), ...rest.env };
  return { ...rest, ...defined({ command: rest.command ?? tool?.command, env: env ?? rest.env }) };
}
