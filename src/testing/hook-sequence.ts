import { HookEventName } from '../vocabulary';
import { Named, meantBy, nameOf } from './found-hook';

/** A hook that runs at an event. */
export interface SequencedHook extends Named {
  readonly event: HookEventName;
}

/** How it is said that hooks run, or will. */
export interface Telling {
  readonly runs: string;
  readonly runsNot: string;
}

/** `migrate`, or `pre-upgrade migrate` for its run at one event. */
function isMeant(name: string, hook: SequencedHook): boolean {
  const [event, ...rest] = name.split(' ');
  return rest.length === 0 ? meantBy(name, [hook]).length > 0 : event === hook.event && meantBy(rest.join(' '), [hook]).length > 0;
}

/** In what hooks are not those of the names, in their order and no others; nothing where they are. */
export function sequenceMismatch(names: readonly string[], hooks: readonly SequencedHook[], { runs, runsNot }: Telling): string | undefined {
  const describe = (hook: SequencedHook) => `${hook.event} ${nameOf(hook)}`;
  const wrong = names.findIndex((name, index) => !hooks[index] || !isMeant(name, hooks[index]));
  if (wrong >= 0) return wrong < hooks.length ? `it ${runs} ${describe(hooks[wrong])} where "${names[wrong]}" was expected` : `it ${runsNot} "${names[wrong]}"`;
  return hooks.length > names.length ? `it ${runs} ${describe(hooks[names.length])}, too` : undefined;
}

/** Whether a text has a part, or matches an expression. */
export function holds(text: string, part: string | RegExp): boolean {
  return typeof part === 'string' ? text.includes(part) : text.search(part) >= 0;
}

/** A part of a text, or an expression, as a message shows it. */
export function quoted(part: string | RegExp): string {
  return typeof part === 'string' ? `"${part}"` : String(part);
}
