import { HookFailedError, LifecycleEvent, Outcome } from '../lifecycle';
import { LifecycleError } from '../vocabulary';
import { printableJson } from './printable';

function errorJson(error: LifecycleError): object {
  const { code, message, remedy } = error;
  return { code, message, remedy, ...(error instanceof HookFailedError ? { lastLines: error.lastLines } : {}) };
}

/** An outcome as JSON: errors with their codes, messages, remedies and, of a hook, what it printed last. */
export function outcomeJson({ error, alsoFailed, undone, ...rest }: Outcome): object {
  return {
    ...rest,
    ...(undone ? { undone: outcomeJson(undone) } : {}),
    ...(error ? { error: errorJson(error) } : {}),
    ...(alsoFailed ? { alsoFailed: alsoFailed.map(errorJson) } : {}),
  };
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
