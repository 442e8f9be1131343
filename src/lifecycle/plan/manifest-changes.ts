import { Masker, ReleaseContent, ReleaseRecord, manifestText, recordHook, recordedContent, secretValues, yamlText } from '../../release';
import { describeRef } from '../../vocabulary';
import { Manifest, ManifestDifference, manifestDifferences } from '../diff/manifest-differences';
import { hiddenPair } from '../diff/masked-pair';
import { RevisionContent } from './content-source';
import { recordedChart } from './plan-options';

/** What differs between a revision as it was recorded and as it would be now. The values of Secrets are masked, and a change among them is told as such. */
export interface ManifestChange extends Pick<ManifestDifference, 'before' | 'after'> {
  /** `hook Job/migrate`, `Deployment/web`, `the chart`, `the values` */
  readonly name: string;
  readonly change: Exclude<ManifestDifference['change'], 'unchanged'>;
}

type Mask = (text: string) => string;

/** The manifests as a record gives them back. */
function asRecorded(record: ReleaseRecord, { hooks, resources }: ReleaseContent): ReleaseContent {
  return recordedContent({ ...record, hooks: hooks.map(recordHook), manifest: manifestText(resources) });
}

/** Hides the values of the Secrets among the manifests, beside those that are known. */
function maskOf(contents: readonly ReleaseContent[], mask: Mask): Mask {
  const objects = contents.flatMap(({ hooks, resources }) => [...hooks, ...resources]).map(({ object }) => object);
  const masker = new Masker({ values: objects.flatMap(secretValues), names: new Set(objects.map(({ metadata }) => metadata.name ?? '')) });
  return (text) => masker.mask(mask(text));
}

type Versions = readonly [readonly Manifest[], readonly Manifest[]];

function objectChanges(prefix: string, [was, is]: Versions, namespace: string, mask: Mask): ManifestChange[] {
  return manifestDifferences(namespace, was, is, mask).flatMap(({ hook, change, before, after }) =>
    change === 'unchanged' ? [] : [{ name: `${prefix}${describeRef(hook)}`, change, before, after }]);
}

function chartChange({ name: release, namespace, chart }: ReleaseRecord, given: RevisionContent): ManifestChange[] {
  const identity = ({ name, version, appVersion }: ReturnType<typeof recordedChart>['metadata']) => yamlText({ name, version, ...(appVersion === undefined ? {} : { appVersion }) });
  const [before, after] = [identity(chart.metadata), identity(recordedChart({ release, namespace, chart: given.chart }).metadata)];
  return before === after ? [] : [{ name: 'the chart', change: 'changed', before, after }];
}

/** Values that people give may all be secret: only their names are told. */
function valuesChange({ config = {} }: ReleaseRecord, { values }: RevisionContent): ManifestChange[] {
  const said = (value: unknown) => yamlText(value, { sortKeys: true });
  if (!values || said(config) === said(values.config)) return [];
  const { before, after } = hiddenPair({ before: config, after: values.config });
  return [{ name: 'the values', change: 'changed', before: said(before), after: said(after) }];
}

/** From a revision as it was recorded to what it would be made of now; nothing where both say the same, however it is written. */
export function manifestChanges(record: ReleaseRecord, given: RevisionContent, known: Mask): ManifestChange[] {
  const [was, is] = [recordedContent(record), asRecorded(record, given.content)];
  const mask = maskOf([was, is], known);
  return [
    ...chartChange(record, given),
    ...valuesChange(record, given),
    ...objectChanges('hook ', [was.hooks, is.hooks], record.namespace, mask),
    ...objectChanges('', [was.resources, is.resources], record.namespace, mask),
  ];
}
