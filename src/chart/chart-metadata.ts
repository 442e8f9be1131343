import { Yaml } from 'cdk8s';
import { ChartMaintainer } from './chart-maintainer';

/** What Chart.yaml says of a chart: https://helm.sh/docs/topics/charts/#the-chartyaml-file */
export interface ChartMetadata {
  readonly name: string;
  readonly version: string;
  readonly appVersion?: string;
  readonly description?: string;
  readonly kubeVersion?: string;
  readonly keywords?: readonly string[];
  readonly home?: string;
  readonly sources?: readonly string[];
  readonly maintainers?: readonly ChartMaintainer[];
  readonly icon?: string;
  readonly deprecated?: boolean;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A chart that another one brings with it. */
export interface ChartDependency {
  readonly name: string;
  readonly version: string;
  readonly repository: string;
  readonly alias?: string;
  readonly condition?: string;
  readonly tags?: readonly string[];
}

// https://semver.org/#is-there-a-suggested-regular-expression-regex-to-check-a-semver-string
const SEMVER = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;

/** Refuses what Helm would refuse, or install under another name. */
export function checkMetadata({ name, version }: ChartMetadata): void {
  if (!/^[a-z0-9][a-z0-9-]*$/.test(name) || name.length > 53) {
    throw new Error(`chart "${name}": a name is lower case letters, digits and dashes, at most 53 of them`);
  }
  if (!SEMVER.test(version)) throw new Error(`chart ${name}: version "${version}" is no Semantic Version: write 1.2.0, say`);
}

/** Chart.yaml. */
export function chartYaml(metadata: ChartMetadata, dependencies: readonly ChartDependency[]): string {
  const { name, version, appVersion, description, kubeVersion, keywords, home, sources, maintainers, icon, deprecated, annotations } = metadata;
  const fields = {
    apiVersion: 'v2',
    name,
    version,
    appVersion,
    kubeVersion,
    description,
    type: 'application',
    keywords,
    home,
    icon,
    sources,
    maintainers,
    dependencies: dependencies.length === 0 ? undefined : dependencies,
    deprecated,
    annotations,
  };
  return Yaml.stringify(JSON.parse(JSON.stringify(fields)));
}
