import { FieldPath, annotationPath, containersOf, pathTo, podSpecsOf } from '../../vocabulary';
import { Rule } from '../rule';
import { isTemplate } from '../subject';

/** What it is called, what it is, and where it stands. */
type Field = readonly [string, unknown, FieldPath];

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
    const helms = Object.entries(annotations).filter(([key]) => key.startsWith('helm.sh/'));
    const fields: readonly Field[] = [
      ['metadata.name', name, ['metadata', 'name']],
      ['metadata.namespace', namespace, ['metadata', 'namespace']],
      ...helms.map(([key, value]): Field => [`the annotation ${key}`, value, annotationPath(key)]),
      ...podSpecsOf(object).flatMap(containersOf).map((container): Field => ['image', container.image, [...pathTo(object, container), 'image']]),
    ];
    return fields.filter(([, value]) => isTemplate(value)).map(([field, value, path]) => ({
      message: `${field} still holds a template expression: ${String(value)}`,
      remedy: 'Render the chart first (helm template), or name the folder of the chart.',
      path,
    }));
  },
};
