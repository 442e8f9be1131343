import { UsageError } from './usage-error';

const UNITS = { ms: 0.001, s: 1, m: 60, h: 3600 } as const;

/** Seconds of a duration as Helm and kubectl write it: `300s`, `5m`, `1h30m`, `5m0s`. */
export function goDuration(text: string, flag: string, least = Number.MIN_VALUE): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
  const seconds = parts.reduce((sum, [, number, unit]) => sum + Number(number) * UNITS[unit as keyof typeof UNITS], 0);
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text || seconds < least) {
    throw new UsageError(`${flag} "${text}" is not a duration${least > 0 ? ' above zero' : ''}, such as 90s, 5m or 1h30m`);
  }
  return seconds;
}
