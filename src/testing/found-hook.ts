import { Hook } from '../release';
import { closest, describeRef } from '../vocabulary';

/** A hook of the manifests that a test looks at. */
export interface FoundHook extends Hook {
  /** The path of its construct in its chart, such as `migrate`; absent where it comes from YAML. */
  readonly construct?: string;
}

/** What has a name: the object, and the construct that it comes from. */
export interface Named {
  readonly ref: FoundHook['ref'];
  readonly construct?: string;
}

/** Those that a name means: the object's, `Kind/name`, or else that of its construct, or of one around it. */
export function meantBy<T extends Named>(name: string, candidates: readonly T[]): readonly T[] {
  const byObject = candidates.filter(({ ref }) => ref.name === name || describeRef(ref) === name);
  if (byObject.length > 0) return byObject;
  return candidates.filter(({ construct }) => construct === name || construct?.startsWith(`${name}/`));
}

/** `Job/shop-migrate (migrate)` */
export function nameOf({ ref, construct }: Named): string {
  return construct === undefined || construct === ref.name ? describeRef(ref) : `${describeRef(ref)} (${construct})`;
}

/** ` Did you mean "migrate"?`, or nothing where no name is near. */
export function guess(name: string, candidates: readonly Named[]): string {
  const near = closest(name, candidates.flatMap(({ ref, construct }) => (construct === undefined ? [ref.name] : [construct, ref.name])));
  return near === undefined ? '' : ` Did you mean "${near}"?`;
}

/** Hooks one below the other, in columns. */
export function hookLines(hooks: readonly FoundHook[]): string[] {
  const weights = hooks.map(({ weight }) => String(weight));
  const names = hooks.map(nameOf);
  const [weightWidth, nameWidth] = [weights, names].map((texts) => Math.max(0, ...texts.map(({ length }) => length)));
  return hooks.map(({ events, deletePolicies }, index) =>
    `  weight ${weights[index].padStart(weightWidth)}  ${names[index].padEnd(nameWidth)}  ${events.join(', ')}; ${deletePolicies.join(', ') || 'no delete policy'}`);
}
