import { Duration } from 'cdk8s';

/** When a hook that failed is run once more. Helm ignores it; `cdk8s-lifecycle` never does it after a timeout. */
export interface HookRetry {
  /**
   * How often the hook is run at most, the first time included: a whole number from 2 to 10.
   *
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', retry: { attempts: 3 } });
   */
  readonly attempts: number;

  /**
   * The pause after the first failed attempt, at most 5 minutes. It doubles with each further one, up to 5 minutes.
   *
   * @default Duration.seconds(1)
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', retry: { attempts: 5, backoff: Duration.seconds(10) } }); // 10, 20, 40 and 80 s
   */
  readonly backoff?: Duration;

  /**
   * The exit codes after which it is run once more, from 1 to 255.
   *
   * Where several containers failed, all of their codes must be among them.
   *
   * @default - any but 0
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', retry: { attempts: 3, onExitCodes: [75] } }); // EX_TEMPFAIL
   */
  readonly onExitCodes?: number[];
}
