import { HookIdentity } from '../lifecycle';

/** What is the same of all events that are about one hook, and of no other hook. */
export function hookKey({ event, hook: { kind, namespace = '', name } }: HookIdentity): string {
  return `${event}|${kind}|${namespace}|${name}`;
}
