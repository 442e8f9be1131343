import { RecordedChart } from '../release';

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isTexts: Check = (value) => Array.isArray(value) && value.every(isText);
const isTextMap: Check = (value) => typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isText);
const isList: Check = (value) => Array.isArray(value);

/** The fields of Chart.yaml that a record has, with the types that Helm reads them as: pkg/chart/v2/metadata.go. */
const FIELDS: Readonly<Record<string, Check>> = {
  name: isText,
  home: isText,
  sources: isTexts,
  version: isText,
  description: isText,
  keywords: isTexts,
  maintainers: isList,
  icon: isText,
  apiVersion: isText,
  condition: isText,
  tags: isText,
  appVersion: isText,
  deprecated: (value) => typeof value === 'boolean',
  annotations: isTextMap,
  kubeVersion: isText,
  dependencies: isList,
  type: isText,
};

/** What a record keeps of Chart.yaml; a field of another type would make the record unreadable for Helm, and is left out. */
export function chartMetadata(head: unknown): Partial<RecordedChart['metadata']> {
  const fields = Object.entries(head ?? {}).filter(([name, value]) => Object.hasOwn(FIELDS, name) && FIELDS[name](value));
  return Object.fromEntries(fields);
}
