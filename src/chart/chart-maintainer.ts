/** Who answers for a chart. */
export interface ChartMaintainer {
  /**
   * Name of the person or the team.
   *
   * @example
   * new HelmChartApp({ name: 'webapp', version: '1.2.0', maintainers: [{ name: 'Platform team' }] });
   */
  readonly name: string;

  /**
   * Where to write to.
   *
   * @default - nowhere
   * @example
   * new HelmChartApp({ name: 'webapp', version: '1.2.0', maintainers: [{ name: 'Platform team', email: 'platform@example.com' }] });
   */
  readonly email?: string;

  /**
   * A page about the maintainer.
   *
   * @default - none
   * @example
   * new HelmChartApp({ name: 'webapp', version: '1.2.0', maintainers: [{ name: 'Platform team', url: 'https://example.com/platform' }] });
   */
  readonly url?: string;
}
