import {
  Annotations, HOOK, KubeObject, Mistake, badAlways, badMutex, badRetry, badRunOn, badTimeout, badWeight, isMap, nonStrings, unknownDeletePolicies,
  unknownEvents, unknownLogPolicies,
} from '../vocabulary';
import { Problem } from './bad-input-error';
import { ManifestDocument } from './documents';

/** What is wrong, before the place is added. */
type Finding = Mistake;

/** Findings that keep a document from being an object at all. */
function shape(value: unknown): Finding[] {
  if (!isMap(value)) return [{ message: 'is not a Kubernetes object', remedy: 'An object is a map with apiVersion, kind and metadata.' }];
  const findings: Finding[] = [];
  for (const field of ['apiVersion', 'kind']) {
    if (typeof value[field] !== 'string' || value[field] === '') {
      findings.push({ message: `has no ${field}`, remedy: 'An object is a map with apiVersion, kind and metadata.' });
    }
  }
  if (findings.length > 0) return findings;
  if (String(value.kind).endsWith('List') && Array.isArray(value.items)) {
    return [{ message: 'is a list of objects', remedy: 'Write each object of it as a document of its own, separated by ---.' }];
  }
  if (!isMap(value.metadata)) return [{ message: 'has no metadata', remedy: 'Give the object metadata with a name.' }];
  for (const field of ['annotations', 'labels'] as const) {
    const map = value.metadata[field];
    if (map === undefined || map === null) continue;
    if (!isMap(map)) findings.push({ message: `metadata.${field} is not a map`, remedy: 'Write it as key: "value" pairs.' });
    else findings.push(...nonStrings(field, map));
  }
  return findings;
}

function template(field: string, value: unknown): Finding[] {
  if (typeof value !== 'string' || !value.includes('{{')) return [];
  return [
    {
      message: `${field} still holds a template expression: ${value}`,
      remedy: 'Render the chart first (helm template); this tool has no template engine.',
    },
  ];
}

/** Every `image` of a container, wherever in the object it stands. */
function images(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(images);
  if (!isMap(value)) return [];
  return Object.entries(value).flatMap(([key, child]) => (key === 'image' ? [child] : images(child)));
}

/** What the API server refuses in every name, as it stands in paths: apimachinery, IsValidPathSegmentName. */
function pathSegment(field: string, value: unknown): Finding[] {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'string') return [{ message: `${field} is a ${typeof value}, not a string`, remedy: 'Write it as a string, in quotes.' }];
  // eslint-disable-next-line no-control-regex
  if (!/^\.\.?$|[/%\u0000-\u001f\u007f-\u009f]/.test(value)) return [];
  return [{ message: `${field} is ${JSON.stringify(value)}, which is no name`, remedy: 'Names are letters, digits, "-" and "."; none is "." or "..", none holds "/" or "%".' }];
}

function names({ kind, metadata, ...rest }: KubeObject): Finding[] {
  const isHook = metadata.annotations?.[HOOK] !== undefined;
  if (typeof metadata.name !== 'string' || metadata.name === '') {
    const generated = metadata.generateName !== undefined ? ' (generateName cannot be found again, neither by Helm nor by this tool)' : '';
    return [{ message: `${isHook ? `the hook (${kind})` : `the ${kind}`} has no metadata.name${generated}`, remedy: 'Give it a fixed metadata.name.' }];
  }
  return [
    ...template('metadata.name', metadata.name),
    ...template('metadata.namespace', metadata.namespace),
    ...pathSegment('metadata.name', metadata.name),
    ...pathSegment('metadata.namespace', metadata.namespace),
    ...images(rest).flatMap((image) => template('image', image)),
  ];
}

function hook(annotations: Annotations): Finding[] {
  if (annotations[HOOK] === undefined) return [];
  const checks = [unknownEvents, unknownDeletePolicies, unknownLogPolicies, badWeight, badTimeout, badRetry, badMutex, badAlways, badRunOn];
  return checks.flatMap((check) => check(annotations));
}

function nameOf(value: unknown): string | undefined {
  if (!isMap(value) || typeof value.kind !== 'string') return undefined;
  const name = isMap(value.metadata) ? value.metadata.name : undefined;
  return typeof name === 'string' ? `${value.kind}/${name}` : value.kind;
}

/** The object of a document, or everything that is wrong with it. */
export function checkObject({ source, value }: ManifestDocument): KubeObject | Problem[] {
  const wrong = shape(value);
  const findings = wrong.length > 0 ? wrong : [...names(value as KubeObject), ...hook((value as KubeObject).metadata.annotations ?? {})];
  if (findings.length === 0) return value as KubeObject;
  const object = nameOf(value);
  return findings.map(({ message, remedy }) => ({ source, object, message, remedy }));
}
