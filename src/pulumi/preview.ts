import { AroundEvent } from '../lifecycle';
import { BracketInputs } from './bracket-state';

/** What Pulumi's engine puts where a value is not known in a preview: sdk/go/common/resource/plugin/rpc.go, UnknownStringValue. */
export const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

/** Whether the program's own values are known; in a preview some of them may not be. */
export function isKnown({ digest, trigger }: Pick<BracketInputs, 'digest' | 'trigger'>): boolean {
  return digest !== UNKNOWN && !JSON.stringify(trigger ?? null).includes(UNKNOWN);
}

/** What a preview says of an event. */
export function previewLine(event: AroundEvent, { plan }: Pick<BracketInputs, 'plan'>, certain: boolean): string {
  const hooks = [...(plan[event] ?? []), ...(event.endsWith('-rollback') ? (plan[`${event}-from-source` as keyof typeof plan] ?? []) : [])];
  if (hooks.length === 0) return `no ${event} hook`;
  return `${event} hooks that ${certain ? 'would' : 'may'} run: ${hooks.join(', ')}`;
}
