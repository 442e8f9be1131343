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

/** Brings a database schema up to date: after the first install, and before every upgrade. */
export class MigrationHook extends HookJob {
  constructor(scope: Construct, id: string, props: MigrationHookProps) {
    super(scope, id, { on: [HookEvent.POST_INSTALL, HookEvent.PRE_UPGRADE], ...defined(props) });
  }
}
