import { HookFailedError, LifecycleEvent, Outcome } from '../lifecycle';
import { printableJson } from './printable';

/** An outcome as JSON: the error with its code, message, remedy and, of a hook, what it printed last. */
export function outcomeJson({ error, undone, ...rest }: Outcome): object {
  const outcome = { ...rest, ...(undone ? { undone: outcomeJson(undone) } : {}) };
  if (!error) return outcome;
  const { code, message, remedy } = error;
  return { ...outcome, error: { code, message, remedy, ...(error instanceof HookFailedError ? { lastLines: error.lastLines } : {}) } };
}

/** Writes every event as one line of JSON. */
export class JsonReporter {
  readonly #write: (line: string) => void;

  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  /** Writes the event. */
  report(event: LifecycleEvent): void {
    this.#write(printableJson(event.kind === 'operation-finished' ? { ...event, outcome: outcomeJson(event.outcome) } : event));
  }
}
