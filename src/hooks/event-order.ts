import { HookEventName, ON_FAILURE } from '../vocabulary';

/** What the events of two hooks say about their order. */
export type EventOrder =
  /** Both run at some event: their weights decide. */
  | 'shared'
  /** In some operation the one runs before the resources change and the other after. */
  | 'given'
  /** The other way round, or never in the same operation. */
  | 'never';

/** Whether a hook of the later events can run after one of the earlier events. */
export function eventOrder(later: readonly HookEventName[], earlier: readonly HookEventName[]): EventOrder {
  if (later.some((event) => earlier.includes(event))) return 'shared';
  if (later.includes(ON_FAILURE) && earlier.some((event) => event !== 'test')) return 'given';
  const pre = (event: HookEventName) => event.replace(/^post-/, 'pre-');
  return later.some((event) => earlier.some((other) => other !== event && other === pre(event))) ? 'given' : 'never';
}
