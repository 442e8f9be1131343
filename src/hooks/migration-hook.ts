import { Construct } from 'constructs';
import { defined } from './defined';
import { HookEvent } from './hook-event';
import { HookJob } from './hook-job';
import { HookProps } from './hook-props';

/** Properties of `MigrationHook`. */
export interface MigrationHookProps extends HookProps {
  /** The image with the migrations, or with the tool that runs them. */
  readonly image: string;

  /**
   * What to run.
   *
   * @default - the entry point of the image
   */
  readonly command?: string[];

  /**
   * The events that the hook runs at.
   *
   * @default [HookEvent.POST_INSTALL, HookEvent.PRE_UPGRADE]
   */
  readonly on?: HookEvent[];
}

/**
 * Brings a database schema up to date: after the first install, and before every upgrade.
 *
 * @example
 * import { Chart } from 'cdk8s';
 * import { BackupHook, MigrationHook } from 'cdk8s-lifecycle';
 *
 * declare const chart: Chart;
 * const backup = new BackupHook(chart, 'backup', { image: 'registry.example.com/backup:1.0.0' });
 * const migrate = new MigrationHook(chart, 'migrate', {
 *   image: 'registry.example.com/shop:2.4.0',
 *   command: ['npm', 'run', 'migrate'],
 * });
 * migrate.after(backup);
 */
export class MigrationHook extends HookJob {
  constructor(scope: Construct, id: string, props: MigrationHookProps) {
    super(scope, id, { on: [HookEvent.POST_INSTALL, HookEvent.PRE_UPGRADE], ...defined(props) });
  }
}
