import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Annotations, HOOK, HookEventName, readEvents, readWeight } from '../vocabulary';

/** An object that is a hook. */
export interface Hook {
  readonly apiObject: ApiObject;
  /** The construct that people know the object by. */
  readonly construct: IConstruct;
  readonly events: readonly HookEventName[];
  /** The weight it was given; without one it follows its order. */
  readonly weight?: number;
  /** What it was said to run after, which may be nothing; absent where it was not said. */
  after?: readonly IConstruct[];
}

const DECLARED = new WeakMap<IConstruct, Hook>();

/** The outermost construct that stands for one object only: the HookJob of a Job, the cdk8s-plus ConfigMap of a ConfigMap. */
function knownBy(apiObject: ApiObject): IConstruct {
  let construct: IConstruct = apiObject;
  while (['Resource', 'Default'].includes(construct.node.id) && construct.node.scope && !Chart.isChart(construct.node.scope)) {
    construct = construct.node.scope;
  }
  return construct;
}

/** A hook that was written by hand, annotations and all; its weight is given, be it by leaving it out. */
export function handWrittenHook(apiObject: ApiObject): Hook | undefined {
  const metadata = apiObject.metadata.toJson() as { readonly annotations?: Annotations } | undefined;
  const annotations = metadata?.annotations ?? {};
  if (annotations[HOOK] === undefined) return undefined;
  return { apiObject, construct: knownBy(apiObject), events: readEvents(annotations).known, weight: readWeight(annotations) ?? 0 };
}

/** The hook an object was declared to be. */
export function declaredHook(object: IConstruct): Hook | undefined {
  return DECLARED.get(object);
}

/** Remembers that an object is a hook. */
export function rememberHook(hook: Omit<Hook, 'construct'>): Hook {
  const known = { ...hook, construct: knownBy(hook.apiObject) };
  DECLARED.set(hook.apiObject, known);
  return known;
}
