import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { isToken, partsOf, tokenOf, withSamples } from '../tokens';
import { Annotations, HOOK, HOOK_WEIGHT, HookEventName, readEvents, readWeight } from '../vocabulary';
import { defined } from './defined';

/** An object that is a hook. */
export interface Hook {
  readonly apiObject: ApiObject;
  /** The construct that people know the object by. */
  readonly construct: IConstruct;
  readonly events: readonly HookEventName[];
  /** The weight it was given; without one it follows its order. */
  readonly weight?: number;
  /** What people call the value that the weight comes from; absent where the weight is known. */
  readonly weightFrom?: string;
  /** What it was said to run after, which may be nothing; absent where it was not said. */
  after?: readonly IConstruct[];
}

const DECLARED = new WeakMap<IConstruct, Hook>();

/** The outermost construct that stands for one object only: the HookJob of a Job, the cdk8s-plus ConfigMap of a ConfigMap. */
export function knownBy(apiObject: ApiObject): IConstruct {
  let construct: IConstruct = apiObject;
  while (['Resource', 'Default'].includes(construct.node.id) && construct.node.scope && !Chart.isChart(construct.node.scope)) {
    construct = construct.node.scope;
  }
  return construct;
}

/** What of a text is known later, as people call it: values, and expressions that somebody wrote by hand. */
function openIn(text: string): string | undefined {
  const open = partsOf(text).flatMap((part) => (isToken(part) ? [part.label] : /\{\{.*\}\}/s.exec(part) ?? []));
  return open.length === 0 ? undefined : open.join(', ');
}

/** A hook that was written by hand, annotations and all; its weight is given, be it by leaving it out. */
export function handWrittenHook(apiObject: ApiObject): Hook | undefined {
  const metadata = apiObject.metadata.toJson() as { readonly annotations?: Annotations } | undefined;
  const annotations = metadata?.annotations ?? {};
  if (annotations[HOOK] === undefined) return undefined;
  const known = withSamples(annotations) as Annotations;
  const weightFrom = openIn(annotations[HOOK_WEIGHT] ?? '');
  return { apiObject, construct: knownBy(apiObject), events: readEvents(known).known, weight: readWeight(known) ?? 0, ...defined({ weightFrom }) };
}

/** The hook an object was declared to be. */
export function declaredHook(object: IConstruct): Hook | undefined {
  return DECLARED.get(object);
}

/** Remembers that an object is a hook. */
export function rememberHook(hook: Omit<Hook, 'construct' | 'weightFrom'>): Hook {
  const weightFrom = hook.weight === undefined ? undefined : tokenOf(hook.weight)?.label;
  const known = { ...hook, ...defined({ weightFrom }), construct: knownBy(hook.apiObject) };
  DECLARED.set(hook.apiObject, known);
  return known;
}
