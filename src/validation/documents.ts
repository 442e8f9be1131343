import { LintDocument, subjectOf } from '../lint';
import { BadInputError, ManifestDocument, ManifestFile, fieldLines, readDocuments } from '../release';

function toLint({ source, text, value }: ManifestDocument): LintDocument {
  let lines: ReturnType<typeof fieldLines> | undefined; // most documents have no findings
  return { place: source, value, lineOf: (path) => source.line + (lines ??= fieldLines(text))(path) };
}

/**
 * The documents of files, for lint to look at, in their order.
 *
 * @throws BadInputError where a file is no YAML, or holds what is no Kubernetes object
 */
export function documentsOf(files: readonly ManifestFile[]): LintDocument[] {
  const documents = files.flatMap((file) => readDocuments(file)).map((document) => ({ source: document.source, lint: toLint(document) }));
  const strange = documents.filter((document) => subjectOf(document.lint) === undefined);
  if (strange.length > 0) {
    throw new BadInputError(strange.map(({ source }) => ({ source, message: 'is not a Kubernetes object', remedy: 'An object is a map with apiVersion, kind and metadata.' })));
  }
  return documents.map((document) => document.lint);
}
