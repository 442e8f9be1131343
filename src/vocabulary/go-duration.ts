const UNITS = { ms: 0.001, s: 1, m: 60, h: 3600 } as const;

/** Seconds of a duration as Helm and kubectl write it: `300s`, `5m`, `1h30m`, `5m0s`; nothing where it is none. */
export function goDurationSeconds(text: string): number | undefined {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) return undefined;
  return parts.reduce((sum, [, number, unit]) => sum + Number(number) * UNITS[unit as keyof typeof UNITS], 0);
}
