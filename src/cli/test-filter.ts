import { TestFilter } from '../lifecycle';
import { UsageError } from './usage-error';

/** Reads the values of `--filter` as helm does: `name=a,!name=b`. */
export function testFilter(values: readonly string[]): TestFilter {
  const filter = { only: [] as string[], except: [] as string[] };
  for (const value of values.flatMap((each) => each.split(','))) {
    const match = /^\s*(!?)name=(\S+)\s*$/.exec(value);
    if (!match) throw new UsageError(`--filter takes name=NAME or !name=NAME, not ${JSON.stringify(value)}`);
    (match[1] ? filter.except : filter.only).push(match[2]);
  }
  return filter;
}
