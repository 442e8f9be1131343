import { ContentSource, RevisionContent, RevisionHead } from '../lifecycle';
import { CheckedManifests, RecordedChart, checkManifests, readContent, splitManifests } from '../release';
import { toJson, mergeMaps } from '../vocabulary';
import { AppInput, InputFlags, readInput, renderApp } from './input';

/** Where the content of revisions comes from: manifests in which nothing is wrong, or an app. */
export type CheckedInput =
  | { readonly kind: 'manifests'; readonly manifests: CheckedManifests; readonly chart?: Partial<RecordedChart['metadata']> }
  | AppInput;

/** The input that the arguments and flags name; manifests are checked before a cluster is even looked for. */
export function readChecked(paths: readonly string[], flags: InputFlags): CheckedInput {
  const input = readInput(paths, flags);
  return input.kind === 'app' ? input : { kind: 'manifests', manifests: checkManifests(input.files), chart: input.chart };
}

async function contentOf(input: AppInput, head: RevisionHead, interrupt?: AbortSignal): Promise<RevisionContent> {
  const { output: { files, chart, values, notes }, next } = await renderApp(input, head, interrupt);
  const content = readContent(files, head.namespace);
  if (!values) return { content, chart };
  return { content, chart, values: { config: next.values, defaults: mergeMaps(values.defaults, next.defaults ?? {}) }, notes };
}

/** Asks a source again only when the revision is another one: an operation plans before it takes the lock, to see what it needs, and again under it. */
function remembering(source: ContentSource): ContentSource {
  let known: { readonly key: string; readonly content: Promise<RevisionContent> } | undefined;
  return (head) => {
    const key = toJson(head);
    if (known?.key !== key) known = { key, content: source(head) };
    return known.content;
  };
}

/** What a revision is to hold, from manifests or from an app, which is ended when the operation is interrupted. */
export function contentSource(input: CheckedInput, namespace: string, interrupt?: AbortSignal): ContentSource {
  if (input.kind === 'app') return remembering((head) => contentOf(input, head, interrupt));
  const content = splitManifests(input.manifests, namespace);
  return () => Promise.resolve({ content, chart: input.chart });
}
