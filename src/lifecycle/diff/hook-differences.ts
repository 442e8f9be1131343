import { Hook, identityIn, maskSecrets, yamlText } from '../../release';
import { isMap } from './json-map';
import { maskedPair } from './masked-pair';
import { HookDifference } from './release-difference';

/** A manifest without the comment by which Helm says which file it came from. */
function bareText({ text }: Hook): string {
  return `${text.replace(/^\s*# Source: .*\n/, '').trim()}\n`;
}

/** The manifests without the values of Secrets: as they were written, or written anew where one holds a Secret. */
function texts(before: Hook | undefined, after: Hook | undefined, mask: (text: string) => string): Pick<HookDifference, 'before' | 'after'> {
  const hooks = [before, after].filter((hook) => hook !== undefined);
  const secret = hooks.some(({ object }) => maskSecrets(object) !== object);
  const pair = secret ? { before: before?.object, after: after?.object } : { before: before && bareText(before), after: after && bareText(after) };
  const masked = maskedPair(pair, mask);
  const text = (value: unknown) => (isMap(value) ? yamlText(value) : (value as string));
  return { ...(before ? { before: text(masked.before) } : {}), ...(after ? { after: text(masked.after) } : {}) };
}

function changeOf(before: Hook | undefined, after: Hook | undefined): HookDifference['change'] {
  if (!before) return 'added';
  if (!after) return 'removed';
  return bareText(before) === bareText(after) ? 'unchanged' : 'changed';
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
