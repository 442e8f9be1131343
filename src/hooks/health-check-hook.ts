import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { sampleOf } from '../tokens';
import { address } from './address';
import { CURL_IMAGE, CURL_RESOURCES, CURL_USER } from './curl';
import { defined } from './defined';
import { HookEvent } from './hook-event';
import { HookJob } from './hook-job';
import { HookProps } from './hook-props';
import { mayCount } from './known';
import { ATTEMPTS } from './scripts/attempts';
import { TRY_HTTP } from './scripts/try-http';
import { TRY_TCP } from './scripts/try-tcp';
import { shell } from './shell';
import { variables } from './variables';

/** A port of a host. */
export interface TcpAddress {
  /**
   * Name or address of the host.
   *
   * @example
   * new HealthCheckHook(chart, 'cache', { tcp: { host: 'redis', port: 6379 } });
   */
  readonly host: string;

  /**
   * Number of the port.
   *
   * @example
   * new HealthCheckHook(chart, 'cache', { tcp: { host: 'redis', port: 6379 } });
   */
  readonly port: number;
}

/** Properties of `HealthCheckHook`. */
export interface HealthCheckHookProps extends HookProps {
  /**
   * The URL that has to answer.
   *
   * @default - `tcp` is checked
   * @example
   * new HealthCheckHook(chart, 'healthy', { url: 'http://shop/healthz' });
   */
  readonly url?: string;

  /**
   * The port that has to accept connections.
   *
   * @default - `url` is checked
   * @example
   * new HealthCheckHook(chart, 'cache', { tcp: { host: 'redis', port: 6379 } });
   */
  readonly tcp?: TcpAddress;

  /**
   * The HTTP status that the URL has to answer with. Redirects are not followed.
   *
   * @default - any from 200 to 399, as for the probes of Kubernetes
   * @example
   * new HealthCheckHook(chart, 'healthy', { url: 'http://shop/healthz', expectStatus: 204 });
   */
  readonly expectStatus?: number;

  /**
   * How often to try before the hook fails, a whole number from 1.
   *
   * @default 20
   * @example
   * new HealthCheckHook(chart, 'healthy', { url: 'http://shop/healthz', attempts: 10 });
   */
  readonly attempts?: number;

  /**
   * How long to pause between two attempts.
   *
   * @default Duration.seconds(5)
   * @example
   * new HealthCheckHook(chart, 'healthy', { url: 'http://shop/healthz', interval: Duration.seconds(10) });
   */
  readonly interval?: Duration;

  /**
   * How long one attempt may take. What listens at a port and says nothing costs all of it.
   *
   * @default - 5 seconds; 2 seconds for `tcp`
   * @example
   * new HealthCheckHook(chart, 'healthy', { url: 'http://shop/healthz', attemptTimeout: Duration.seconds(1) });
   */
  readonly attemptTimeout?: Duration;

  /**
   * The image, with a POSIX shell and curl, 7.75 or later. It runs as user 100, unless `user` says otherwise.
   *
   * @default 'docker.io/curlimages/curl:8.11.1'
   * @example
   * new HealthCheckHook(chart, 'healthy', { url: 'http://shop/healthz', image: 'registry.example.com/curl:8.11.0' });
   */
  readonly image?: string;

  /**
   * The events that the hook runs at.
   *
   * @default [HookEvent.POST_INSTALL, HookEvent.POST_UPGRADE]
   * @example
   * new HealthCheckHook(chart, 'healthy', { url: 'http://shop/healthz', on: [HookEvent.POST_INSTALL, HookEvent.POST_UPGRADE, HookEvent.POST_ROLLBACK] });
   */
  readonly on?: HookEvent[];
}

/**
 * Fails a release whose application does not answer.
 *
 * Without `--wait`, hooks after an install or upgrade run before the new Pods are ready; the attempts give them time.
 *
 * @exampleMetadata nofixture
 * @example
 * import { Chart } from 'cdk8s';
 * import { HealthCheckHook } from 'cdk8s-lifecycle';
 *
 * declare const chart: Chart;
 * new HealthCheckHook(chart, 'healthy', { url: 'http://shop/healthz', expectStatus: 200 });
 */
export class HealthCheckHook extends HookJob {
  constructor(scope: Construct, id: string, props: HealthCheckHookProps) {
    const { url, tcp, expectStatus, attempts = 20, interval = Duration.seconds(5), env = {}, timeout = Duration.minutes(4) } = props;
    const { attemptTimeout = Duration.seconds(tcp ? 2 : 5) } = props;
    if ((url === undefined) === (tcp === undefined)) throw new Error(`${scope.node.path}/${id}: a health check needs a url or a tcp address, one of the two`);
    if (!mayCount(attempts)) throw new Error(`${scope.node.path}/${id}: the attempts must be a whole number from 1, not ${sampleOf(attempts)}`);
    const target = tcp ? address(tcp.host, tcp.port) : url!;
    super(scope, id, {
      on: [HookEvent.POST_INSTALL, HookEvent.POST_UPGRADE],
      image: CURL_IMAGE,
      user: CURL_USER,
      resources: CURL_RESOURCES,
      ...defined(props),
      command: shell(tcp ? TRY_TCP : TRY_HTTP, ATTEMPTS),
      env: {
        ...env,
        ...variables(tcp ? { ADDRESS: target } : { URL: target, EXPECT_STATUS: expectStatus ?? '' }),
        ...variables({ WHAT: target, ATTEMPTS: attempts, INTERVAL: interval.toSeconds(), PATIENCE: attemptTimeout.toSeconds() }),
      },
    });
    const [pause = 0, patience = 0, end = Infinity] = [interval, attemptTimeout, timeout].map((each) => sampleOf(each.toSeconds()));
    const count = sampleOf(attempts) ?? 1;
    const seconds = count * patience + (count - 1) * pause;
    const remedy = 'Give it fewer attempts, or a longer timeout.';
    this.node.addValidation({
      validate: () => (seconds < end ? [] : [`its attempts may take ${seconds} s, and Kubernetes stops it after ${end} s. ${remedy}`]),
    });
  }
}
