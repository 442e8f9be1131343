import { HookFailedError } from '../lifecycle';
import { printable } from '../report';
import { LifecycleError, messageOf } from '../vocabulary';

/** What is said of hooks that have failed: which, why, what the hook printed last, what to do. */
export function failureText(error: unknown, aftermath: string): string {
  const lastLines = error instanceof HookFailedError ? error.lastLines : [];
  const remedy = error instanceof LifecycleError ? error.remedy : undefined;
  const lines = [
    messageOf(error),
    ...(lastLines.length > 0 ? ['The last lines it printed:', ...lastLines.map((line) => `  ${line}`)] : []),
    ...(remedy === undefined ? [] : [remedy]),
    aftermath,
  ];
  return printable(lines.join('\n'));
}

/** Hooks that have failed, so that nothing of the bracket is kept: what was, stays. */
export class BracketError extends Error {
  constructor(error: unknown, aftermath: string) {
    super(failureText(error, aftermath), { cause: error });
    this.name = new.target.name;
  }
}

/** Hooks that have failed, while what is known of the bracket is kept all the same: sdk/nodejs/cmd/dynamic-provider, grpcResponseFromError. */
export class PartialBracketError extends BracketError {
  readonly id: string;
  readonly properties: object;
  readonly reasons: readonly string[];

  constructor(error: unknown, aftermath: string, kept: { readonly id: string; readonly properties: object }) {
    super(error, aftermath);
    this.id = kept.id;
    this.properties = kept.properties;
    this.reasons = [this.message];
  }
}
