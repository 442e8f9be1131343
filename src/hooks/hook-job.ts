import { ApiObject, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct, IConstruct } from 'constructs';
import { becomeHook } from './become-hook';
import { bringItsOwn } from './brings-its-own';
import { runAfter } from './declare-hook';
import { HookEvent } from './hook-event';
import { HookProps } from './hook-props';
import { podProps } from './pod-template';

/** Properties of `HookJob`. */
export interface HookJobProps extends HookProps {
  /**
   * The events that the hook runs at.
   *
   * @example
   * new HookJob(chart, 'reindex', { on: [HookEvent.POST_INSTALL, HookEvent.POST_UPGRADE], image: 'search:2.4.0' });
   */
  readonly on: HookEvent[];

  /**
   * The image with the command.
   *
   * @example
   * new HookJob(chart, 'reindex', { on: [HookEvent.POST_UPGRADE], image: 'search:2.4.0' });
   */
  readonly image: string;

  /**
   * What to run.
   *
   * @default - the entry point of the image
   * @example
   * new HookJob(chart, 'reindex', { on: [HookEvent.POST_UPGRADE], image: 'search:2.4.0', command: ['reindex', '--all'] });
   */
  readonly command?: string[];
}

/**
 * A Job that runs at events of a release: any command in any image, with the defaults of a careful engineer.
 *
 * One attempt of at most four minutes, in a Pod that the restricted Pod Security profile admits.
 *
 * @exampleMetadata nofixture
 * @example
 * import { Chart } from 'cdk8s';
 * import { HookEvent, HookJob } from 'cdk8s-lifecycle';
 *
 * declare const chart: Chart;
 * new HookJob(chart, 'reindex', {
 *   on: [HookEvent.POST_UPGRADE],
 *   image: 'registry.example.com/search:2.4.0',
 *   command: ['reindex', '--all'],
 * });
 */
export class HookJob extends Construct {
  /** The Job itself, for everything that the props do not say. */
  public readonly job: kplus.Job;

  constructor(scope: Construct, id: string, props: HookJobProps) {
    super(scope, id);
    const { timeout = Duration.minutes(4), retries = 0 } = props;
    this.job = new kplus.Job(this, 'Resource', { ...podProps(this, props), activeDeadline: timeout, backoffLimit: retries });
    becomeHook(this.job, { ...props, timeout });
  }

  /**
   * Lets this hook run after others, wherever in the app they are.
   *
   * At the events they share, its weight will be higher than theirs. Without arguments: this hook depends on no other.
   *
   * @param hooks the hooks, or constructs that hold them
   * @example
   * const reindex = new HookJob(chart, 'reindex', { on: [HookEvent.POST_UPGRADE], image: 'search:2.4.0' });
   * reindex.after(migrate);
   */
  public after(...hooks: IConstruct[]): void {
    runAfter(ApiObject.of(this.job), hooks);
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
   * const reindex = new HookJob(chart, 'reindex', { on: [HookEvent.PRE_INSTALL], image: 'search:2.4.0', envFrom: [kplus.Env.fromConfigMap(configMap)] });
   * reindex.bringsItsOwn(); // the ConfigMap is there before it runs
   */
  public bringsItsOwn(): void {
    bringItsOwn(ApiObject.of(this.job));
  }
}
