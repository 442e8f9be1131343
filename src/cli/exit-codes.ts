import { Outcome } from '../lifecycle';
import { ErrorCode, LifecycleError } from '../vocabulary';
import { UsageError } from './usage-error';

/** What the process exits with; part of the public interface. */
export const EXIT = {
  done: 0,
  failed: 1,
  changes: 2,
  locked: 3,
  usage: 64, // EX_USAGE of sysexits.h
  badInput: 65, // EX_DATAERR
  interrupted: 130,
} as const;

const BY_CODE: Readonly<Partial<Record<ErrorCode, number>>> = { 'bad-input': EXIT.badInput, 'locked': EXIT.locked, 'interrupted': EXIT.interrupted };

/** The exit code that an error means; nothing for a defect of this program. */
export function exitCodeOf(error: unknown): number | undefined {
  if (error instanceof UsageError) return EXIT.usage;
  return error instanceof LifecycleError ? (BY_CODE[error.code] ?? EXIT.failed) : undefined;
}

/** The exit code of an operation that ran. */
export function exitCodeOfOutcome({ status, error }: Outcome): number {
  if (status === 'succeeded') return EXIT.done;
  return status === 'interrupted' ? EXIT.interrupted : (exitCodeOf(error) ?? EXIT.failed);
}
