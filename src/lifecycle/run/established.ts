import { KubeObject, ObjectRef, describeRef } from '../../vocabulary';
import { TimeoutError } from './errors';
import { unready } from './readiness';
import { HookContext } from './run-context';

/** Helm waits as long for the definitions of crds/: pkg/action/install.go, installCRDs. */
const SECONDS = 60;

/** Discovery has no watch; it follows a definition within a fraction of a second. In milliseconds. */
const PROBE = 50;

interface DefinitionSpec {
  readonly group: string;
  readonly names: { readonly kind: string };
  readonly versions: readonly { readonly name: string; readonly served: boolean }[];
}

/** Waits until a CustomResourceDefinition is served, so that objects of its kind can follow; every other object is ready for that at once. */
export async function established(context: Pick<HookContext, 'cluster' | 'observer'>, ref: ObjectRef): Promise<void> {
  if (ref.kind !== 'CustomResourceDefinition') return;
  const { observer } = context;
  const mirror = await observer.mirror(ref);
  const served = (): KubeObject | undefined => {
    const live = mirror.get(ref.name);
    return live && !unready(live) ? live : undefined;
  };
  const what = () => `${describeRef(ref)} to be established`;
  await discovered(context, await observer.until([mirror], served, { what, seconds: SECONDS }), what);
}

async function discovered({ cluster }: Pick<HookContext, 'cluster'>, definition: KubeObject, what: () => string): Promise<void> {
  const { group, names, versions } = definition.spec as DefinitionSpec;
  const deadline = cluster.clock.now().getTime() + SECONDS * 1000;
  for (const { name } of versions.filter((version) => version.served)) {
    while (!(await cluster.kind({ apiVersion: `${group}/${name}`, kind: names.kind }))) {
      if (cluster.clock.now().getTime() >= deadline) throw new TimeoutError(SECONDS, what());
      await cluster.clock.sleep(PROBE);
    }
  }
}
