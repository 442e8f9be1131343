import { ApiObject, Duration, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct, IConstruct } from 'constructs';
import { becomeHook } from './become-hook';
import { bringItsOwn } from './brings-its-own';
import { runAfter } from './declare-hook';
import { HookEvent } from './hook-event';
import { ContainerHookProps } from './hook-props';
import { podProps } from './pod-template';

/** Properties of `HookPod`. */
export interface HookPodProps extends ContainerHookProps {
  /**
   * The events that the hook runs at.
   *
   * @example
   * new HookPod(chart, 'index-is-whole', { on: [HookEvent.TEST], image: 'search:2.4.0' });
   */
  readonly on: HookEvent[];

  /**
   * The image with the command.
   *
   * @example
   * new HookPod(chart, 'index-is-whole', { on: [HookEvent.TEST], image: 'search:2.4.0' });
   */
  readonly image: string;

  /**
   * What to run.
   *
   * @default - the entry point of the image
   * @example
   * new HookPod(chart, 'index-is-whole', { on: [HookEvent.TEST], image: 'search:2.4.0', command: ['reindex', '--check'] });
   */
  readonly command?: string[];
}

/**
 * A bare Pod that runs at events of a release, as charts of others have it for their tests.
 *
 * It has the defaults of a `HookJob` and runs once. If its node fails, nobody starts it again: where that matters, take a `HookJob`.
 *
 * @exampleMetadata nofixture
 * @example
 * import { Chart } from 'cdk8s';
 * import { HookEvent, HookPod } from 'cdk8s-lifecycle';
 *
 * declare const chart: Chart;
 * new HookPod(chart, 'smoke', {
 *   on: [HookEvent.TEST],
 *   image: 'registry.example.com/shop-tests:2.4.0',
 *   args: ['--only', 'smoke'],
 * });
 */
export class HookPod extends Construct {
  /** The Pod itself, for everything that the props do not say. */
  public readonly pod: kplus.Pod;

  constructor(scope: Construct, id: string, props: HookPodProps) {
    super(scope, id);
    const { timeout = Duration.minutes(4) } = props;
    this.pod = new kplus.Pod(this, 'Resource', { ...podProps(this, props), restartPolicy: kplus.RestartPolicy.NEVER });
    ApiObject.of(this.pod).addJsonPatch(JsonPatch.add('/spec/activeDeadlineSeconds', timeout.toSeconds()));
    becomeHook(this.pod, { ...props, timeout });
  }

  /**
   * Lets this hook run after others, wherever in the app they are.
   *
   * At the events they share, its weight will be higher than theirs. Without arguments: this hook depends on no other.
   *
   * @param hooks the hooks, or constructs that hold them
   * @example
   * const check = new HookPod(chart, 'index-is-whole', { on: [HookEvent.TEST], image: 'search:2.4.0' });
   * check.after(migrate);
   */
  public after(...hooks: IConstruct[]): void {
    runAfter(ApiObject.of(this.pod), hooks);
  }

  /**
   * Makes hooks of the objects of this app that this hook refers to, at the same events, so that they are there before it runs.
   *
   * Before an install none of a release's resources exist, and before an upgrade they are those of the last one. Taken along are the service account with
   * the roles bound to it, ConfigMaps and Secrets, and what is a hook already runs earlier. Call it when all of that is declared.
   *
   * They are deleted when all hooks of the event have succeeded, and until then before they are created again. What other Pods use as well is refused, for
   * it would be gone then; a claim stays a resource, for its data would be.
   *
   * @example
   * const check = new HookPod(chart, 'index-is-whole', { on: [HookEvent.TEST], image: 'search:2.4.0', envFrom: [kplus.Env.fromConfigMap(configMap)] });
   * check.bringsItsOwn(); // the ConfigMap is there before it runs
   */
  public bringsItsOwn(): void {
    bringItsOwn(ApiObject.of(this.pod));
  }
}
