import { ContentSource, RefusedError, RevisionContent, RevisionHead } from '../lifecycle';
import { CheckedManifests, RecordedChart, checkManifests, readContent, splitManifests } from '../release';
import { mergeMaps, toJson } from '../vocabulary';
import { AppOptions } from './app';
import { HelmChart, HelmPlace, chartSource } from './helm/chart-source';
import { AppInput, ChartInput, InputFlags, Rendered, readInput, renderApp } from './input';
import { UsageError } from './usage-error';
import { hasValues } from './values/user-values';

/** Where the content of revisions comes from: manifests in which nothing is wrong, an app, or a chart. */
export type CheckedInput =
  | { readonly kind: 'manifests'; readonly manifests: CheckedManifests; readonly chart?: Partial<RecordedChart['metadata']> }
  | AppInput
  | ChartInput;

/** Where a revision goes, and what may end the making of it. */
export interface SourcePlace extends HelmPlace, AppOptions {
  readonly namespace: string;
}

/** The input that the arguments and flags name; manifests are checked before a cluster is even looked for. */
export function readChecked(paths: readonly string[], flags: InputFlags): CheckedInput {
  const input = readInput(paths, flags);
  return input.kind === 'manifests' ? { kind: 'manifests', manifests: checkManifests(input.files), chart: input.chart } : input;
}

function notByHelm({ release, namespace, isInstall }: RevisionHead): RefusedError {
  return new RefusedError(
    'The app writes a chart with subcharts, which helm renders, and it would do so for another revision than the one that failed',
    `Leave the app out to go on with the manifests that were recorded: cdk8s-lifecycle ${isInstall ? 'install' : 'upgrade'} ${release} --resume -n ${namespace}`,
  );
}

/** The input of an operation that goes on with the revision that failed; nothing where nothing is named: what was recorded counts. */
export function readResumed(paths: readonly string[], flags: InputFlags): CheckedInput | undefined {
  if (paths.length === 0 && flags.app === undefined && !hasValues(flags)) return undefined;
  const input = readChecked(paths, flags);
  if (input.kind !== 'chart') return input;
  throw new UsageError('--resume goes on with the manifests that were recorded, and helm would render the chart for another revision: leave the chart out');
}

function contentOf({ output, next }: Extract<Rendered<unknown>, { kind: 'in-process' }>, { namespace }: RevisionHead): RevisionContent {
  const { files, chart, values, notes } = output;
  const content = readContent(files, namespace);
  if (!values) return { content, chart };
  return { content, chart, values: { config: next.values, defaults: mergeMaps(values.defaults, next.defaults ?? {}) }, notes };
}

/**
 * An app runs again only when the revision is another one: an operation plans before it takes the lock, to see what it needs, and again under it.
 *
 * What helm renders it renders anew then, for it asks the cluster.
 */
function appSource(input: AppInput, place: SourcePlace): ContentSource {
  let known: { readonly key: string; readonly content: RevisionContent } | undefined;
  return async (head, held) => {
    const key = toJson(head);
    if (known?.key === key) return known.content;
    const byHelm = (chart: HelmChart) => {
      if (head.resumes) throw notByHelm(head);
      return chartSource(chart, place)(head, held);
    };
    const rendered = await renderApp(input, head, byHelm, { interrupt: place.interrupt, tell: place.tell });
    if (rendered.kind === 'by-helm') return rendered.result;
    known = { key, content: contentOf(rendered, head) };
    return known.content;
  };
}

/** What a revision is to hold, from manifests, from an app or from a chart; programs are ended when the operation is interrupted. */
export function contentSource(input: CheckedInput, place: SourcePlace): ContentSource {
  switch (input.kind) {
    case 'app':
      return appSource(input, place);
    case 'chart':
      return chartSource(input, place);
    case 'manifests': {
      const content = splitManifests(input.manifests, place.namespace);
      return () => Promise.resolve({ content, chart: input.chart });
    }
  }
}
