import { DEFAULT_SETTINGS } from '../lifecycle';
import { UsageError } from './usage-error';

/** Most hooks that may run at once: each holds connections open, for its log alone one a container. */
const MOST = 64;

/** How many hooks may run at once, as `--parallelism` says. */
export function parallelism(value = String(DEFAULT_SETTINGS.parallelism)): number {
  const number = /^\d{1,2}$/.test(value) ? Number(value) : NaN;
  if (!(number >= 1 && number <= MOST)) throw new UsageError(`--parallelism is a number of hooks from 1 to ${MOST}, not ${JSON.stringify(value)}`);
  return number;
}
