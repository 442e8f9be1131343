import { LintDocument, subjectOf } from '../lint';
import { BadInputError, ManifestDocument, ManifestFile, fieldLines, readFiles } from '../release';

function toLint({ source, text, value }: ManifestDocument): LintDocument {
  let lines: ReturnType<typeof fieldLines> | undefined; // most documents have no findings
  return { place: source, value, lineOf: (path) => source.line + (lines ??= fieldLines(text))(path) };
}

/** Templates of HelmChartApp say of an action which type it yields: `!!int "{{ int64 .Values.replicas }}"`. Before Helm has rendered it, it is a text. */
const TYPE_OF_ACTION = /!!(?:int|float|bool) (?="\{\{ )/g;

/**
 * The documents of files, for lint to look at, in their order.
 *
 * @throws BadInputError that lists everything that is no YAML, or no Kubernetes object
 */
export function documentsOf(files: readonly ManifestFile[]): LintDocument[] {
  const { documents, problems } = readFiles(files.map(({ path, text }) => ({ path, text: text.replace(TYPE_OF_ACTION, '') })));
  const strange = documents.filter((document) => subjectOf(toLint(document)) === undefined);
  const all = [
    ...problems,
    ...strange.map(({ source }) => ({ source, message: 'is not a Kubernetes object', remedy: 'An object is a map with apiVersion, kind and metadata.' })),
  ];
  if (all.length > 0) throw new BadInputError(all);
  return documents.map(toLint);
}
