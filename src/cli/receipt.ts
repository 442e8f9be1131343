import { AroundEvent, LifecycleEvent, Verdict } from '../lifecycle';
import { describeRef, isMap } from '../vocabulary';
import { UsageError } from './usage-error';

/** How a hook ended that has run. */
export interface ReceiptHook {
  readonly event: string;
  /** `Kind/name` */
  readonly hook: string;
  readonly verdict: Verdict['kind'];
  readonly seconds: number;
}

/** What is kept of a run of hooks by who has asked for it, and shown when it asks again. */
export interface Receipt {
  readonly release: string;
  readonly namespace: string;
  readonly event: AroundEvent;
  readonly revision: number;
  /** Who has asked: the same as long as it shows its receipt. */
  readonly id: string;
  /** The change, which is never the same again. */
  readonly run: string;
  readonly hooks: readonly ReceiptHook[];
}

/** The hook of an event, if one has ended. */
export function receiptHooks(happening: LifecycleEvent): ReceiptHook[] {
  if (happening.kind !== 'hook-finished') return [];
  const { event, hook, verdict, milliseconds } = happening;
  return [{ event, hook: describeRef(hook), verdict: verdict.kind, seconds: Math.round(milliseconds / 100) / 10 }];
}

/** The id of the receipt that somebody shows; nothing where it shows none, as one that runs for the first time. */
export function receiptId(text: string | undefined, release: string, namespace: string): string | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  let receipt: unknown;
  try {
    receipt = JSON.parse(text);
  } catch {
    receipt = undefined;
  }
  if (!isMap(receipt) || typeof receipt.id !== 'string') throw new UsageError('--previous is no receipt: give it what the run before has printed with --output receipt');
  // Of another release it says nothing about this one: who asks has been given another name or namespace.
  return receipt.release === release && receipt.namespace === namespace ? receipt.id : undefined;
}
