import {
  Annotations, compareBytes, DEFAULT_DELETE_POLICIES, DeletePolicyName, FieldPath, HOOK, HOOK_DELETE_POLICY, HOOK_WEIGHT, HookEventName, isMap,
  KubeObject, PodSpec, Reference, podSpecsOf, readDeletePolicies, readEvents, readWeight, references,
} from '../vocabulary';

/** Where an object stands, as far as it is known. */
export interface Place {
  /** The file as the user named it; `-` for standard input. */
  readonly file?: string;
  /** Number of the document in the file, from 1. */
  readonly document?: number;
  /** Line of the file at which the document starts, from 1. */
  readonly line?: number;
  /** Path of the construct. */
  readonly construct?: string;
}

/** Under which condition an object is there. Two objects have the same one if its text is the same. */
export interface Condition {
  readonly text: string;
  /** Whether it holds unless a user says otherwise; absent where that is not known. */
  readonly byDefault?: boolean;
}

/** A document of the input, as it was read. */
export interface LintDocument {
  readonly place: Place;
  readonly value: unknown;
  /** Finds the line of the file in which a field stands, where the text is known. */
  readonly lineOf?: (path: FieldPath) => number;
  /** The condition under which the object is there; nothing for one that always is. */
  readonly condition?: Condition;
}

/** How Helm understands an object as a hook; words that it does not know are left out. */
export interface HookReading {
  readonly events: readonly HookEventName[];
  /** Nothing where a template decides. */
  readonly weight?: number;
  /** When the object is deleted, Helm's default included; nothing where a template decides. */
  readonly deletePolicies?: readonly DeletePolicyName[];
}

/** An object that rules look at. */
export interface Subject extends Pick<LintDocument, 'place' | 'lineOf'> {
  readonly object: KubeObject;
  /** Empty where it has none. */
  readonly name: string;
  /** The annotations as Helm reads them: numbers and truths are texts to it. */
  readonly annotations: Annotations;
  /** Nothing for a resource. */
  readonly hook?: HookReading;
  /** The Pod of a hook that Helm waits for: a Pod, or a Job's; nothing for other kinds, nor where a template decides. */
  readonly pod?: PodSpec;
  /** What that Pod does not start without; empty where there is none. */
  readonly needs: readonly Reference[];
  /** Whether a template decides if it is a hook, or at which events. */
  readonly undecided: boolean;
  /** The condition under which it is there; nothing for one that always is. */
  readonly condition?: Condition;
}

/** A hook that rules look at. */
export type HookSubject = Subject & { readonly hook: HookReading };

/** The objects that are released together. */
export interface LintedRelease {
  /** Whether templates were rendered, so that an expression that is left is a mistake. */
  readonly rendered: boolean;
  /** The ids of all rules, for whoever names one. */
  readonly rules: readonly string[];
  /** The objects of a name, of whatever kinds. */
  named(name: string): readonly Subject[];
}

/** Helm's YAML parser turns every scalar into a text where a text belongs: sigs.k8s.io/yaml, convertToJSONableObject. */
function annotationsOf(metadata: Readonly<Record<string, unknown>>): Annotations {
  const entries = isMap(metadata.annotations) ? Object.entries(metadata.annotations) : [];
  return Object.fromEntries(entries.filter(([, value]) => typeof value !== 'object' || value === null).map(([key, value]) => [key, value === null ? '' : String(value)]));
}

/** Whether a template still decides on a text; no rule judges it. */
export function isTemplate(text: unknown): boolean {
  return typeof text === 'string' && text.includes('{{');
}

function hookOf(annotations: Annotations): HookReading | undefined {
  if (annotations[HOOK] === undefined) return undefined;
  const policies = annotations[HOOK_DELETE_POLICY];
  const deletePolicies = policies === undefined ? DEFAULT_DELETE_POLICIES : isTemplate(policies) ? undefined : readDeletePolicies(annotations).known;
  const weight = isTemplate(annotations[HOOK_WEIGHT]) ? undefined : (readWeight(annotations) ?? 0);
  return { events: [...new Set(readEvents(annotations).known)], weight, deletePolicies };
}

/** Whether a template stands for the spec of the Pods, or for something around it. */
function isOpen({ spec }: KubeObject): boolean {
  const { template } = (isMap(spec) ? spec : {}) as { readonly template?: unknown };
  return [spec, template, isMap(template) ? template.spec : undefined].some(isTemplate);
}

function podIn(object: KubeObject): PodSpec | undefined {
  if (isOpen(object)) return undefined;
  return isJob(object) || (object.kind === 'Pod' && object.apiVersion === 'v1') ? podSpecsOf(object).at(isJob(object) ? -1 : 0) : undefined;
}

/** Reads a document; nothing where it is no Kubernetes object. */
export function subjectOf({ place, lineOf, value, condition }: LintDocument): Subject | undefined {
  if (!isMap(value) || typeof value.kind !== 'string' || typeof value.apiVersion !== 'string') return undefined;
  const metadata = isMap(value.metadata) ? value.metadata : {};
  const annotations = annotationsOf(metadata);
  const object = { ...value, apiVersion: value.apiVersion, kind: value.kind, metadata };
  const hook = hookOf(annotations);
  const pod = hook && podIn(object);
  return {
    place,
    lineOf,
    object,
    name: typeof metadata.name === 'string' ? metadata.name : '',
    annotations,
    hook,
    pod,
    needs: pod ? references(object).filter(({ optional }) => !optional) : [],
    undecided: isTemplate(metadata.annotations) || isTemplate(annotations[HOOK]),
    condition,
  };
}

/** Whether the object is a hook. */
export function isHook(subject: Subject): subject is HookSubject {
  return subject.hook !== undefined;
}

/** Where the Pod of a hook stands in its object. */
export function podPathOf({ object }: Subject): FieldPath {
  return isJob(object) ? ['spec', 'template', 'spec'] : ['spec'];
}

/** Whether it is a Job of Kubernetes' own. */
export function isJob({ apiVersion, kind }: KubeObject): boolean {
  return kind === 'Job' && apiVersion.startsWith('batch/');
}

/** The spec of a Job; nothing for other kinds, nor where a template decides. */
export function jobSpecOf({ object }: Subject): Readonly<Record<string, unknown>> | undefined {
  return isJob(object) && !isTemplate(object.spec) ? (isMap(object.spec) ? object.spec : {}) : undefined;
}

/** Whether two objects lie in one namespace, as far as it is written: an absent one is the release's. */
export function shareNamespace(one: Subject, other: Subject): boolean {
  return one.object.metadata.namespace === other.object.metadata.namespace;
}

/** Whether Helm runs one hook of an event before another, by weight, then by name; nothing where a template decides. */
export function runsBefore(one: HookSubject, other: HookSubject): boolean | undefined {
  if (one.hook.weight === undefined || other.hook.weight === undefined) return undefined;
  if (one.hook.weight !== other.hook.weight) return one.hook.weight < other.hook.weight;
  return isTemplate(one.name) || isTemplate(other.name) ? undefined : compareBytes(one.name, other.name) < 0;
}
