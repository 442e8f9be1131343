import { Construct } from 'constructs';
import { defined } from './defined';
import { DeletePolicy } from './delete-policy';
import { HookEvent } from './hook-event';
import { HookJob } from './hook-job';
import { HookProps } from './hook-props';

/** Properties of `NotificationHook`. */
export interface NotificationHookProps extends HookProps {
  /** The image with the tool that tells it. */
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
   * @default [HookEvent.POST_INSTALL, HookEvent.POST_UPGRADE, HookEvent.POST_DELETE]
   */
  readonly on?: HookEvent[];
}

/** Tells somebody that a release was installed, upgraded or deleted. */
export class NotificationHook extends HookJob {
  constructor(scope: Construct, id: string, props: NotificationHookProps) {
    super(scope, id, {
      on: [HookEvent.POST_INSTALL, HookEvent.POST_UPGRADE, HookEvent.POST_DELETE],
      deletePolicies: [DeletePolicy.BEFORE_HOOK_CREATION, DeletePolicy.HOOK_SUCCEEDED],
      ...defined(props),
    });
  }
}
