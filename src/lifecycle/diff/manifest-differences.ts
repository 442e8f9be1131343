import { Hook, identityIn, yamlText } from '../../release';
import { maskedPair } from './masked-pair';
import { HookDifference } from './release-difference';

/** An object as a manifest has it. */
export type Manifest = Pick<Hook, 'ref' | 'object'>;

/** From a manifest to the next of the same object. */
export type ManifestDifference = HookDifference;

/** What a manifest says, however it is written: helm renders quotes and comments where an app writes none. */
function said(object: unknown): string {
  return yamlText(object, { sortKeys: true });
}

/** The manifests without the values of Secrets. */
function texts(before: Manifest | undefined, after: Manifest | undefined, mask: (text: string) => string): Pick<HookDifference, 'before' | 'after'> {
  const masked = maskedPair({ before: before?.object, after: after?.object }, mask);
  return { ...(masked.before ? { before: said(masked.before) } : {}), ...(masked.after ? { after: said(masked.after) } : {}) };
}

function changeOf(before: Manifest | undefined, after: Manifest | undefined): HookDifference['change'] {
  if (!before) return 'added';
  if (!after) return 'removed';
  return said(before.object) === said(after.object) ? 'unchanged' : 'changed';
}

/** From the manifests of one revision to those of the next; those that go come last. */
export function manifestDifferences(
  namespace: string,
  from: readonly Manifest[],
  to: readonly Manifest[],
  mask: (text: string) => string,
): ManifestDifference[] {
  const byIdentity = (manifests: readonly Manifest[]) => new Map(manifests.map((manifest) => [identityIn(namespace, manifest.ref), manifest]));
  const [old, next] = [byIdentity(from), byIdentity(to)];
  return [...new Set([...next.keys(), ...old.keys()])].map((identity) => {
    const [before, after] = [old.get(identity), next.get(identity)];
    const change = changeOf(before, after);
    return { hook: (after ?? before)!.ref, change, ...(change === 'unchanged' ? {} : texts(before, after, mask)) };
  });
}
