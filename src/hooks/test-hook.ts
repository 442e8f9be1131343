import { Construct } from 'constructs';
import { defined } from './defined';
import { HookEvent } from './hook-event';
import { HookJob } from './hook-job';
import { HookProps } from './hook-props';

/** Properties of `TestHook`. */
export interface TestHookProps extends HookProps {
  /** The image with the tests. */
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
   * @default [HookEvent.TEST]
   */
  readonly on?: HookEvent[];
}

/** Tests a release when somebody asks for it: `helm test`, `cdk8s-lifecycle test`. */
export class TestHook extends HookJob {
  constructor(scope: Construct, id: string, props: TestHookProps) {
    super(scope, id, { on: [HookEvent.TEST], ...defined(props) });
  }
}
