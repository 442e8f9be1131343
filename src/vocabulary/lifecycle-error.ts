/** What went wrong, as a word that scripts may rely on. */
export type ErrorCode =
  | 'bad-input' // manifests, values or a kubeconfig that cannot be used; nothing was touched
  | 'cluster' // the API server refused, or could not be reached
  | 'refused' // the operation does not fit the release as it stands
  | 'forbidden' // the user may not do all that the operation does; nothing was touched
  | 'locked' // another operation holds the release
  | 'hook-failed'
  | 'apply-failed'
  | 'not-ready'
  | 'timeout'
  | 'interrupted';

/** An error that says what happened, to which object, and what to do next. */
export class LifecycleError extends Error {
  readonly code: ErrorCode;
  /** What the user can do about it, a sentence or a command. */
  readonly remedy?: string;

  constructor(code: ErrorCode, message: string, options: { readonly remedy?: string; readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.remedy = options.remedy;
  }
}

/** The message of anything that was thrown; of an AggregateError, which Node throws without one, those of its errors. */
export function messageOf(error: unknown): string {
  const { message, errors } = (error ?? {}) as { readonly message?: unknown; readonly errors?: unknown };
  if (typeof message === 'string' && message !== '') return message;
  return Array.isArray(errors) && errors.length > 0 ? errors.map(messageOf).join('; ') : String(error);
}
