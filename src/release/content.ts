import {
  Annotations, DEFAULT_DELETE_POLICIES, DeletePolicyName, HOOK, HOOK_DELETE_POLICY, KubeObject, ObjectRef, compareBytes, describeRef,
  readDeletePolicies, readEvents, readOutputLogPolicies, readWeight,
} from '../vocabulary';
import { BadInputError, Problem } from './bad-input-error';
import { ManifestDocument, ManifestFile, readFiles } from './documents';
import { Hook, oursOf } from './hook';
import { INSTALL_ORDER, sortByKind } from './kind-order';
import { checkObject } from './object-checks';
import { Resource, identityIn, isDefinition } from './resource';

/** The manifests of a release, split as Helm splits them and in the order in which Helm keeps them. */
export interface ReleaseContent {
  /** The definitions of a chart's crds/ folder, which are no part of the release. */
  readonly definitions: readonly Resource[];
  readonly hooks: readonly Hook[];
  readonly resources: readonly Resource[];
}

/** What Helm assumes of a hook that does not say when its object is deleted. */
function deletePoliciesOf(annotations: Annotations): readonly DeletePolicyName[] {
  return annotations[HOOK_DELETE_POLICY] === undefined ? DEFAULT_DELETE_POLICIES : readDeletePolicies(annotations).known;
}

interface Entry {
  readonly document: ManifestDocument;
  readonly object: KubeObject;
}

/** Manifests in which nothing is wrong, whatever the namespace of the release is. */
export interface CheckedManifests {
  readonly entries: readonly Entry[];
}

function refOf({ apiVersion, kind, metadata }: KubeObject): ObjectRef {
  return { apiVersion, kind, name: metadata.name ?? '', ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }) };
}

function toResource({ document, object }: Entry): Resource {
  return { ref: refOf(object), object, text: document.text, path: document.source.file };
}

function toHook(entry: Entry): Hook {
  const annotations = entry.object.metadata.annotations ?? {};
  return {
    ...toResource(entry),
    events: readEvents(annotations).known,
    weight: readWeight(annotations) ?? 0,
    deletePolicies: deletePoliciesOf(annotations),
    outputLogPolicies: readOutputLogPolicies(annotations).known,
    ...oursOf(annotations),
  };
}

/** Two manifests of one object would overwrite each other; a hook and a resource of one name too (Helm 3 fails on it, Helm 4 mixes them up). */
function duplicates(entries: readonly Entry[], namespace: string): Problem[] {
  const seen = new Map<string, Entry>();
  const problems: Problem[] = [];
  for (const entry of entries) {
    const ref = refOf(entry.object);
    const identity = identityIn(namespace, ref);
    const first = seen.get(identity);
    if (first) {
      const { file, document } = first.document.source;
      problems.push({
        source: entry.document.source,
        object: describeRef(ref),
        message: `the same object stands in ${file === '-' ? 'standard input' : file}, document ${document}`,
        remedy: 'Give one of the two another name, or remove it.',
      });
    }
    seen.set(identity, first ?? entry);
  }
  return problems;
}

/** Files that hold nothing. */
export function noManifests(files: readonly ManifestFile[]): BadInputError {
  return new BadInputError([
    {
      message: files.length === 0 ? 'no manifests were given' : `no object in ${files.map(({ path }) => (path === '-' ? 'standard input' : path)).join(', ')}`,
      remedy: 'Name files or folders of manifests, `-` for standard input, or --app COMMAND. Does the program call app.synth()?',
    },
  ]);
}

/**
 * Reads manifests as Helm does, and refuses what Helm would lose or fail on later, as far as that can be known without the namespace of the release.
 *
 * @throws BadInputError that lists everything that is wrong
 */
export function checkManifests(files: readonly ManifestFile[]): CheckedManifests {
  const sorted = [...files].sort((a, b) => compareBytes(a.path, b.path));
  const { documents, problems: unreadable } = readFiles(sorted);
  if (documents.length === 0 && unreadable.length === 0) throw noManifests(files);
  const problems: Problem[] = [...unreadable];
  const entries: Entry[] = [];
  for (const document of documents) {
    const found = checkObject(document);
    if (Array.isArray(found)) problems.push(...found);
    else entries.push({ document, object: found });
  }
  problems.push(...duplicates(entries, ''));
  if (problems.length > 0) throw new BadInputError(problems);
  return { entries };
}

/**
 * Splits manifests as Helm does.
 *
 * @throws BadInputError where two of them are one object in the namespace
 */
export function splitManifests({ entries }: CheckedManifests, namespace: string): ReleaseContent {
  const problems = duplicates(entries, namespace);
  if (problems.length > 0) throw new BadInputError(problems);
  const inOrder = sortByKind(entries, ({ object }) => object.kind, INSTALL_ORDER);
  const isHook = ({ object }: Entry) => object.metadata.annotations?.[HOOK] !== undefined;
  const plain = inOrder.filter((entry) => !isHook(entry)).map(toResource);
  return {
    definitions: plain.filter(isDefinition),
    hooks: inOrder.filter(isHook).map(toHook),
    resources: plain.filter((resource) => !isDefinition(resource)),
  };
}

/**
 * Reads, checks and splits manifests.
 *
 * @throws BadInputError that lists what is wrong
 */
export function readContent(files: readonly ManifestFile[], namespace: string): ReleaseContent {
  return splitManifests(checkManifests(files), namespace);
}
