import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { sampleOf } from '../tokens';
import { CURL_IMAGE, CURL_RESOURCES, CURL_USER } from './curl';
import { defined } from './defined';
import { HookEvent } from './hook-event';
import { HookJob } from './hook-job';
import { HookProps } from './hook-props';
import { mayCount } from './known';
import { OutputLogPolicy } from './output-log-policy';
import { CACHE_WARM } from './scripts/cache-warm';
import { shell } from './shell';
import { literal, variables } from './variables';

/** Properties of `CacheWarmHook`. */
export interface CacheWarmHookProps extends HookProps {
  /**
   * The URLs to ask for. Redirects are followed.
   *
   * @example
   * new CacheWarmHook(chart, 'warm', { urls: ['http://shop/', 'http://shop/catalogue'] });
   */
  readonly urls: string[];

  /**
   * How many URLs are asked for at the same time, a whole number from 1.
   *
   * @default 4
   * @example
   * new CacheWarmHook(chart, 'warm', { urls: ['http://shop/', 'http://shop/catalogue'], concurrency: 2 });
   */
  readonly concurrency?: number;

  /**
   * How long one answer may take.
   *
   * @default Duration.seconds(30)
   * @example
   * new CacheWarmHook(chart, 'warm', { urls: ['http://shop/'], requestTimeout: Duration.minutes(1) });
   */
  readonly requestTimeout?: Duration;

  /**
   * Whether the release fails if a URL does. A cold cache is slow, not broken.
   *
   * @default false
   * @example
   * new CacheWarmHook(chart, 'warm', { urls: ['http://shop/'], required: true });
   */
  readonly required?: boolean;

  /**
   * The image, with a POSIX shell and curl, 7.71 or later. It runs as user 100, unless `user` says otherwise.
   *
   * @default 'docker.io/curlimages/curl:8.11.1'
   * @example
   * new CacheWarmHook(chart, 'warm', { urls: ['http://shop/'], image: 'registry.example.com/curl:8.11.0' });
   */
  readonly image?: string;

  /**
   * The events that the hook runs at.
   *
   * @default [HookEvent.POST_INSTALL, HookEvent.POST_UPGRADE]
   * @example
   * new CacheWarmHook(chart, 'warm', { urls: ['http://shop/'], on: [HookEvent.POST_UPGRADE, HookEvent.POST_ROLLBACK] });
   */
  readonly on?: HookEvent[];
}

/**
 * Asks for URLs, so that the first visitor does not wait for what they compute. What fails is asked for three times more.
 *
 * @exampleMetadata nofixture
 * @example
 * import { Chart } from 'cdk8s';
 * import { CacheWarmHook } from 'cdk8s-lifecycle';
 *
 * declare const chart: Chart;
 * new CacheWarmHook(chart, 'warm', { urls: ['http://shop/', 'http://shop/catalogue'], concurrency: 2 });
 */
export class CacheWarmHook extends HookJob {
  constructor(scope: Construct, id: string, props: CacheWarmHookProps) {
    const { urls, concurrency = 4, requestTimeout = Duration.seconds(30), required = false, env = {} } = props;
    if (urls.length === 0) throw new Error(`${scope.node.path}/${id}: there is no URL to ask for`);
    if (!mayCount(concurrency)) throw new Error(`${scope.node.path}/${id}: the concurrency must be a whole number from 1, not ${sampleOf(concurrency)}`);
    super(scope, id, {
      on: [HookEvent.POST_INSTALL, HookEvent.POST_UPGRADE],
      image: CURL_IMAGE,
      user: CURL_USER,
      resources: CURL_RESOURCES,
      logPolicies: [OutputLogPolicy.HOOK_SUCCEEDED, OutputLogPolicy.HOOK_FAILED],
      ...defined(props),
      command: [...shell(CACHE_WARM), 'cache-warm'],
      args: urls.map(literal),
      env: { ...env, ...variables({ CONCURRENCY: concurrency, PATIENCE: requestTimeout.toSeconds(), RETRIES: 3, REQUIRED: required }) },
    });
  }
}
