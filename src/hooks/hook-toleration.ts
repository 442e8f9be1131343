/** A taint of nodes that the Pod of a hook may run on all the same. */
export interface HookToleration {
  /**
   * The key of the taint.
   *
   * @default - every key
   */
  readonly key?: string;

  /**
   * The value of the taint.
   *
   * @default - every value
   */
  readonly value?: string;

  /**
   * What the taint does: `NoSchedule`, `PreferNoSchedule` or `NoExecute`.
   *
   * @default - every effect
   */
  readonly effect?: string;
}
