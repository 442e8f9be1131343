import { Construct } from 'constructs';
import { defined } from './defined';
import { HookEvent } from './hook-event';
import { HookJob } from './hook-job';
import { HookProps } from './hook-props';

/** Properties of `TestHook`. */
export interface TestHookProps extends HookProps {
  /**
   * The image with the tests.
   *
   * @example
   * new TestHook(chart, 'checkout', { image: 'shop-tests:2.4.0' });
   */
  readonly image: string;

  /**
   * What to run.
   *
   * @default - the entry point of the image
   * @example
   * new TestHook(chart, 'checkout', { image: 'shop-tests:2.4.0', command: ['run-tests', '--only', 'checkout'] });
   */
  readonly command?: string[];

  /**
   * The events that the hook runs at.
   *
   * @default [HookEvent.TEST]
   * @example
   * new TestHook(chart, 'checkout', { image: 'shop-tests:2.4.0', on: [HookEvent.TEST, HookEvent.POST_UPGRADE] });
   */
  readonly on?: HookEvent[];
}

/**
 * Tests a release when somebody asks for it: `helm test`, `cdk8s-lifecycle test`.
 *
 * @exampleMetadata nofixture
 * @example
 * import { Chart, Duration } from 'cdk8s';
 * import { TestHook } from 'cdk8s-lifecycle';
 *
 * declare const chart: Chart;
 * new TestHook(chart, 'checkout', {
 *   image: 'registry.example.com/shop-tests:2.4.0',
 *   args: ['--url', 'http://shop', '--only', 'checkout'],
 *   timeout: Duration.minutes(2),
 * });
 */
export class TestHook extends HookJob {
  constructor(scope: Construct, id: string, props: TestHookProps) {
    super(scope, id, { on: [HookEvent.TEST], ...defined(props) });
  }
}
