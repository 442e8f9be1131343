import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Expressions that only Helm's templates have: others, of Grafana or Prometheus, stand in charts without templates, too. */
const EXPRESSION = /\{\{-?[^}]*(?:\.(?:Values|Release|Chart|Capabilities|Files)\b|\b(?:include|template|define) ")/;

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function hasTemplates(folder: string): boolean {
  if (!isFolder(folder)) return false;
  return readdirSync(folder, { recursive: true, withFileTypes: true }).some((entry) => {
    if (!entry.isFile()) return false;
    return /\.tpl$/.test(entry.name) || EXPRESSION.test(readFileSync(join(entry.parentPath, entry.name), 'utf8'));
  });
}

/** Whether a folder holds a chart that must be rendered: one with values, subcharts or templates, not one that `cdk8s synth --format helm` wrote. */
export function isHelmChartFolder(folder: string): boolean {
  if (!existsSync(join(folder, 'Chart.yaml'))) return false;
  return existsSync(join(folder, 'values.yaml')) || isFolder(join(folder, 'charts')) || hasTemplates(join(folder, 'templates'));
}

/** Whether an argument names a chart that only helm can render: a folder with templates, a package, or one in a registry. */
export function isHelmChart(argument: string): boolean {
  if (argument.startsWith('oci://')) return true;
  return /\.(tgz|tar\.gz)$/.test(argument) ? existsSync(argument) : isFolder(argument) && isHelmChartFolder(argument);
}
