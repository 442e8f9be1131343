import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** Whether the file lies in the templates/ of a chart, for Helm to render. */
export function isTemplateOfChart(path: string): boolean {
  const folder = dirname(resolve(path));
  if (folder === dirname(folder)) return false;
  return (basename(folder) === 'templates' && existsSync(join(dirname(folder), 'Chart.yaml'))) || isTemplateOfChart(folder);
}

/** Whether the file says something about a chart, as Chart.yaml, values.yaml and what else lies beside them do; none is a manifest. */
export function isAboutChart(path: string): boolean {
  return existsSync(join(dirname(resolve(path)), 'Chart.yaml'));
}
