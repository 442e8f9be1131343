/** A taint of nodes that the Pod of a hook may run on all the same. */
export interface HookToleration {
  /**
   * The key of the taint.
   *
   * @default - every key
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', tolerations: [{ key: 'dedicated' }] });
   */
  readonly key?: string;

  /**
   * The value of the taint.
   *
   * @default - every value
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', tolerations: [{ key: 'dedicated', value: 'jobs' }] });
   */
  readonly value?: string;

  /**
   * What the taint does: `NoSchedule`, `PreferNoSchedule` or `NoExecute`.
   *
   * @default - every effect
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', tolerations: [{ key: 'dedicated', effect: 'NoExecute' }] });
   */
  readonly effect?: string;
}
