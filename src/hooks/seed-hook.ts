import { Construct } from 'constructs';
import { defined } from './defined';
import { HookEvent } from './hook-event';
import { HookJob } from './hook-job';
import { HookProps } from './hook-props';

/** Properties of `SeedHook`. */
export interface SeedHookProps extends HookProps {
  /**
   * The image with the data, or with the tool that loads it.
   *
   * @example
   * new SeedHook(chart, 'seed', { image: 'shop:2.4.0' });
   */
  readonly image: string;

  /**
   * What to run.
   *
   * @default - the entry point of the image
   * @example
   * new SeedHook(chart, 'seed', { image: 'shop:2.4.0', command: ['load-fixtures', '/seed'] });
   */
  readonly command?: string[];

  /**
   * The events that the hook runs at.
   *
   * @default [HookEvent.POST_INSTALL]
   * @example
   * new SeedHook(chart, 'seed', { image: 'shop:2.4.0', on: [HookEvent.POST_INSTALL, HookEvent.POST_UPGRADE] });
   */
  readonly on?: HookEvent[];
}

/**
 * Fills a new release with the data it starts with. Run it after the migration: `seed.after(migrate)`.
 *
 * @exampleMetadata nofixture
 * @example
 * import { Chart } from 'cdk8s';
 * import { Database, MigrationHook, SeedHook } from 'cdk8s-lifecycle';
 *
 * declare const chart: Chart;
 * declare const postgres: Database;
 * declare const migrate: MigrationHook;
 * const seed = new SeedHook(chart, 'seed', {
 *   image: 'registry.example.com/shop:2.4.0',
 *   command: ['load-fixtures', '/seed'],
 *   env: postgres.environment(),
 * });
 * seed.after(migrate);
 */
export class SeedHook extends HookJob {
  constructor(scope: Construct, id: string, props: SeedHookProps) {
    super(scope, id, { on: [HookEvent.POST_INSTALL], ...defined(props) });
  }
}
