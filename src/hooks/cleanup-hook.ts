import { Construct } from 'constructs';
import { defined } from './defined';
import { DeletePolicy } from './delete-policy';
import { HookEvent } from './hook-event';
import { HookJob } from './hook-job';
import { HookProps } from './hook-props';

/** Properties of `CleanupHook`. */
export interface CleanupHookProps extends HookProps {
  /** The image with the tool that removes it. */
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
   * @default [HookEvent.POST_DELETE]
   */
  readonly on?: HookEvent[];
}

/**
 * Removes what a release left outside of its own resources, once they are gone.
 *
 * Nothing of the release exists any more at that time: Secrets and volumes that it needs must be hooks, or not belong to the release.
 */
export class CleanupHook extends HookJob {
  constructor(scope: Construct, id: string, props: CleanupHookProps) {
    super(scope, id, {
      on: [HookEvent.POST_DELETE],
      deletePolicies: [DeletePolicy.BEFORE_HOOK_CREATION, DeletePolicy.HOOK_SUCCEEDED],
      ...defined(props),
    });
  }
}
