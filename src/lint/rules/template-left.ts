import { containersOf, podSpecsOf } from '../../vocabulary';
import { Rule } from '../rule';
import { isTemplate } from '../subject';

/** A template expression that nobody will render, where no API server takes one. */
export const templateLeft: Rule = {
  id: 'template-left',
  severity: 'error',
  title: 'A template expression that nobody will render',
  why: 'The manifests are what the API server gets. It refuses such names and images, and Helm drops an object with such an event.',
  // Everywhere else it may be meant: dashboards and alerts have templates of their own.
  check: ({ object, annotations }, { rendered }) => {
    if (!rendered) return [];
    const { name, namespace } = object.metadata;
    const helms = Object.entries(annotations).filter(([key]) => key.startsWith('helm.sh/')).map(([key, value]) => [`the annotation ${key}`, value] as const);
    const images = podSpecsOf(object).flatMap(containersOf).map(({ image }) => ['image', image] as const);
    const fields: readonly (readonly [string, unknown])[] = [['metadata.name', name], ['metadata.namespace', namespace], ...helms, ...images];
    return fields
      .filter(([, value]) => isTemplate(value))
      .map(([field, value]) => ({ message: `${field} still holds a template expression: ${String(value)}`, remedy: 'Render the chart first (helm template), or name the folder of the chart.' }));
  },
};
