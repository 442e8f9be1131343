import { Construct } from 'constructs';
import { defined } from './defined';
import { DeletePolicy } from './delete-policy';
import { HookEvent } from './hook-event';
import { HookJob } from './hook-job';
import { HookProps } from './hook-props';

/** Properties of `CleanupHook`. */
export interface CleanupHookProps extends HookProps {
  /**
   * The image with the tool that removes it.
   *
   * @example
   * new CleanupHook(chart, 'cleanup', { image: 'shop-tools:1.3.0' });
   */
  readonly image: string;

  /**
   * What to run.
   *
   * @default - the entry point of the image
   * @example
   * new CleanupHook(chart, 'cleanup', { image: 'shop-tools:1.3.0', command: ['delete-bucket', 'shop-uploads'] });
   */
  readonly command?: string[];

  /**
   * The events that the hook runs at.
   *
   * @default [HookEvent.POST_DELETE]
   * @example
   * new CleanupHook(chart, 'cleanup', { image: 'shop-tools:1.3.0', on: [HookEvent.PRE_DELETE] });
   */
  readonly on?: HookEvent[];
}

/**
 * Removes what a release left outside of its own resources, once they are gone.
 *
 * Nothing of the release exists any more at that time: Secrets and volumes that it needs must be hooks, or not belong to the release.
 *
 * @exampleMetadata nofixture
 * @example
 * import { Chart } from 'cdk8s';
 * import { CleanupHook } from 'cdk8s-lifecycle';
 * import { Secret } from 'cdk8s-plus-27';
 *
 * declare const chart: Chart;
 * const bucket = Secret.fromSecretName(chart, 'bucket', 'shop-bucket'); // made by somebody else: it is still there
 * new CleanupHook(chart, 'cleanup', {
 *   image: 'registry.example.com/shop-tools:1.3.0',
 *   command: ['delete-bucket', 'shop-uploads'],
 *   env: { BUCKET_TOKEN: bucket.envValue('token') },
 * });
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
