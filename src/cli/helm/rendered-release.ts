import { RevisionContent } from '../../lifecycle';
import { ManifestFile, readDocuments } from '../../release';
import { Values, fromJson, isMap } from '../../vocabulary';
import { chartMetadata } from '../chart-metadata';
import { HelmFailure } from './run-helm';

/** No release holds more values: its templates are texts. */
const MAX_VALUES = 1_000_000;

/** What helm prints of manifests, by the files that it names in a comment above each. */
export function filesOf(manifest: string): ManifestFile[] {
  const texts = new Map<string, string[]>();
  for (const document of readDocuments({ path: 'what helm has rendered', text: manifest }, { lenient: true })) {
    const [first, ...rest] = document.text.split('\n');
    const source = /^# Source: (.*)$/.exec(first)?.[1];
    const path = source ?? 'rendered.yaml';
    texts.set(path, [...(texts.get(path) ?? []), source === undefined ? document.text : rest.join('\n')]);
  }
  return [...texts].map(([path, documents]) => ({ path, text: documents.join('\n---\n') }));
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function map(value: unknown): Values {
  return isMap(value) ? value : {};
}

function hookFiles(hooks: unknown): ManifestFile[] {
  return (Array.isArray(hooks) ? hooks : []).map(map).map(({ path, manifest }) => ({ path: text(path), text: text(manifest) }));
}

/** What helm prints of a release: its manifests, and what its record tells of them. */
export interface RenderedRelease extends Pick<RevisionContent, 'chart' | 'values' | 'notes'> {
  readonly files: readonly ManifestFile[];
}

/** The release that helm prints for a dry run. */
export function renderedRelease(json: string): RenderedRelease {
  let release: Values;
  try {
    release = map(fromJson(json, MAX_VALUES));
  } catch (cause) {
    throw new HelmFailure('it prints no JSON', { cause });
  }
  const { metadata, values } = map(release.chart);
  const notes = text(map(release.info).notes);
  return {
    files: [...filesOf(text(release.manifest)), ...hookFiles(release.hooks)],
    chart: chartMetadata(metadata),
    values: { config: map(release.config), defaults: map(values) },
    ...(notes === '' ? {} : { notes }),
  };
}
