import { Construct } from 'constructs';
import { defined } from './defined';
import { HookEvent } from './hook-event';
import { HookJob } from './hook-job';
import { HookProps } from './hook-props';

/** Properties of `BackupHook`. */
export interface BackupHookProps extends HookProps {
  /** The image with the tool that makes the copy. */
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
   * @default [HookEvent.PRE_UPGRADE, HookEvent.PRE_DELETE]
   */
  readonly on?: HookEvent[];
}

/** Saves data before an upgrade or an uninstall may harm it. Run it before what may: `migrate.after(backup)`. */
export class BackupHook extends HookJob {
  constructor(scope: Construct, id: string, props: BackupHookProps) {
    super(scope, id, { on: [HookEvent.PRE_UPGRADE, HookEvent.PRE_DELETE], ...defined(props) });
  }
}
