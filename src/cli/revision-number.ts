import { UsageError } from './usage-error';

/** The number of a revision, from 1. */
export function revisionNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageError(`"${text}" is no revision: revisions are numbers from 1`);
  return Number(text);
}
