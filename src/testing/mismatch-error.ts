/** A function that a test calls, as it stands in stacks. */
export type Assertion = (...args: never[]) => unknown;

/** Something is not as a test expects it. The message says what was expected, what is there instead, and shows all that there is. */
export class MismatchError extends Error {
  /**
   * @param message what was expected, and what is there instead
   * @param details what there is, line by line
   * @param below the assertion that was called: the stack begins where it was called, so that test runners show that line
   */
  constructor(message: string, details: readonly string[], below: Assertion) {
    super(details.length === 0 ? message : [message, '', ...details].join('\n'));
    this.name = 'MismatchError';
    Error.captureStackTrace(this, below);
    if (!/^ +at /m.test(this.stack!)) Error.captureStackTrace(this); // the assertion has waited since: then only its caller's promise knows the place
  }
}
