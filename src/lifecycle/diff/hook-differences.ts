import { Hook, identityIn, yamlText } from '../../release';
import { maskedPair } from './masked-pair';
import { HookDifference } from './release-difference';

/** What a manifest says, however it is written: helm renders quotes and comments where an app writes none. */
function said(object: unknown): string {
  return yamlText(object, { sortKeys: true });
}

/** The manifests without the values of Secrets. */
function texts(before: Hook | undefined, after: Hook | undefined, mask: (text: string) => string): Pick<HookDifference, 'before' | 'after'> {
  const masked = maskedPair({ before: before?.object, after: after?.object }, mask);
  return { ...(masked.before ? { before: said(masked.before) } : {}), ...(masked.after ? { after: said(masked.after) } : {}) };
}

function changeOf(before: Hook | undefined, after: Hook | undefined): HookDifference['change'] {
  if (!before) return 'added';
  if (!after) return 'removed';
  return said(before.object) === said(after.object) ? 'unchanged' : 'changed';
}

/** From the hooks of one revision to those of the next, by their manifests; those that go come last. */
export function hookDifferences(namespace: string, from: readonly Hook[], to: readonly Hook[], mask: (text: string) => string): HookDifference[] {
  const byIdentity = (hooks: readonly Hook[]) => new Map(hooks.map((hook) => [identityIn(namespace, hook.ref), hook]));
  const [old, next] = [byIdentity(from), byIdentity(to)];
  return [...new Set([...next.keys(), ...old.keys()])].map((identity) => {
    const [before, after] = [old.get(identity), next.get(identity)];
    const change = changeOf(before, after);
    return { hook: (after ?? before)!.ref, change, ...(change === 'unchanged' ? {} : texts(before, after, mask)) };
  });
}
