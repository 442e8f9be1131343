import { ApiObject, Chart, ChartProps } from 'cdk8s';
import { Construct } from 'constructs';
import { HelmChartApp } from './chart-app';
import { labelValue } from './fitting-names';

/** How the objects of a chart belong to their release. */
export interface ReleaseChartProps extends ChartProps {
  /**
   * Whether names that are not given begin with the name of the release, so that two releases live in one namespace.
   *
   * @default true
   * @example
   * new ReleaseChart(app, 'web', { prefixNames: false });
   */
  readonly prefixNames?: boolean;
}

/** By which cdk8s-plus finds the Pods of a workload; the same for every release. */
const ADDRESS = 'cdk8s.io/metadata.addr';
const INSTANCE = 'app.kubernetes.io/instance';

/** The labels that charts have: https://helm.sh/docs/chart_best_practices/labels/ */
function standardLabels({ chartName, chartVersion, appVersion, release }: HelmChartApp): Record<string, string> {
  return {
    'app.kubernetes.io/name': chartName,
    [INSTANCE]: release.name,
    'app.kubernetes.io/version': labelValue(appVersion),
    'app.kubernetes.io/managed-by': release.service,
    'helm.sh/chart': labelValue(`${chartName}-${chartVersion}`),
  };
}

interface Requirement {
  readonly key?: unknown;
}

/** Labels and selectors by which cdk8s-plus finds Pods find those of this release only. */
function ofRelease(value: unknown, name: string): unknown {
  if (Array.isArray(value)) {
    const items: unknown[] = value.map((item) => ofRelease(item, name));
    const isSelected = items.some((item) => (item as Requirement | null)?.key === ADDRESS);
    return isSelected ? [...items, { key: INSTANCE, operator: 'In', values: [name] }] : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const map = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, ofRelease(each, name)]));
  return ADDRESS in map ? { ...map, [INSTANCE]: name } : map;
}

/**
 * A chart whose objects belong to one release among several: names, labels and selectors say which.
 *
 * @exampleMetadata nofixture
 * @example
 * import { HelmChartApp, ReleaseChart } from 'cdk8s-lifecycle';
 * import { Deployment } from 'cdk8s-plus-27';
 *
 * declare const app: HelmChartApp;
 * const chart = new ReleaseChart(app, 'web');
 * new Deployment(chart, 'Frontend', { containers: [{ image: 'web:2.0' }] }); // {{ .Release.Name }}-web-frontend-…
 */
export class ReleaseChart extends Chart {
  private readonly releaseName: string;
  private readonly prefixNames: boolean;

  public constructor(scope: Construct, id: string, props: ReleaseChartProps = {}) {
    const app = HelmChartApp.containing(scope);
    super(scope, id, { ...props, labels: { ...standardLabels(app), ...props.labels } });
    this.releaseName = app.release.name;
    this.prefixNames = props.prefixNames ?? true;
  }

  /**
   * The name of an object that was given none.
   */
  public generateObjectName(apiObject: ApiObject): string {
    const name = super.generateObjectName(apiObject);
    return this.prefixNames ? `${this.releaseName}-${name}` : name;
  }

  /** The objects of the chart. */
  public toJson(): any[] { // eslint-disable-line @typescript-eslint/no-explicit-any
    return (super.toJson() as unknown[]).map((object) => ofRelease(object, this.releaseName));
  }
}
