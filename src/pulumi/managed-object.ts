import { HOOK, KubeObject, OURS } from '../vocabulary';
import { isClusterWide, kindOf } from './object-kind';

/** Whether Pulumi waits until what it created is ready, or only until the API server has it. */
export type Await = 'ready' | 'applied';

/** How the objects of a release become those that Pulumi manages. */
export interface ManagedOptions {
  /** Of the release; may hold tokens. */
  readonly namespace: string;
  readonly await: Await;
}

/** What makes Pulumi wait for something else, or not: https://www.pulumi.com/registry/packages/kubernetes/api-docs/provider/#annotations */
const SKIP_AWAIT = 'pulumi.com/skipAwait';
const WAIT_FOR = 'pulumi.com/waitFor';

/** Whether an annotation is for whoever runs the hooks. */
function isOfHooks(name: string): boolean {
  return name === HOOK || name.startsWith(`${HOOK}-`) || name.startsWith(OURS);
}

/** Objects of a definition can be created when it is established, and not before, so it is always waited for. */
function isAwaited(object: KubeObject, wanted: Await): boolean {
  const { annotations = {} } = object.metadata;
  return wanted === 'ready' || kindOf(object) === 'CustomResourceDefinition.apiextensions.k8s.io' || SKIP_AWAIT in annotations || WAIT_FOR in annotations;
}

/** An object as Pulumi is to manage it: in the namespace of the release if it names none, without what is said to Helm and to the runner about hooks. */
export function managedObject(object: KubeObject, release: readonly KubeObject[], options: ManagedOptions): KubeObject {
  const { annotations = {}, namespace, ...metadata } = object.metadata;
  const kept = Object.entries(annotations).filter(([name]) => !isOfHooks(name));
  const all = isAwaited(object, options.await) ? kept : [...kept, [SKIP_AWAIT, 'true']];
  return {
    ...object,
    metadata: {
      ...metadata,
      ...(all.length > 0 ? { annotations: Object.fromEntries(all) as Record<string, string> } : {}),
      ...(isClusterWide(object, release) ? {} : { namespace: namespace ?? options.namespace }),
    },
  };
}
