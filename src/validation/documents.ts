import { LintDocument, subjectOf } from '../lint';
import { BadInputError, ManifestDocument, ManifestFile, fieldLines, readFiles } from '../release';
import { conditionOf, withTexts } from './templates';

function toLint({ source, text, value }: ManifestDocument, before?: ManifestDocument): LintDocument {
  let lines: ReturnType<typeof fieldLines> | undefined; // most documents have no findings
  const condition = conditionOf(text, before?.source.file === source.file ? before.text : undefined);
  return {
    place: source,
    value,
    lineOf: (path) => source.line + (lines ??= fieldLines(text))(path),
    ...(condition === undefined ? {} : { condition: { text: condition } }),
  };
}

/**
 * The documents of files, for lint to look at, in their order.
 *
 * @throws BadInputError that lists everything that is no YAML, or no Kubernetes object
 */
export function documentsOf(files: readonly ManifestFile[]): LintDocument[] {
  const { documents, problems } = readFiles(files.map(({ path, text }) => ({ path, text: withTexts(text) })));
  const strange = documents.filter((document) => subjectOf(toLint(document)) === undefined);
  const all = [
    ...problems,
    ...strange.map(({ source }) => ({ source, message: 'is not a Kubernetes object', remedy: 'An object is a map with apiVersion, kind and metadata.' })),
  ];
  if (all.length > 0) throw new BadInputError(all);
  return documents.map((document, index) => toLint(document, documents[index - 1]));
}
