import { Measured } from './measure';
import { Target } from './scenario';

/** What a figure of ours is held against, and whether it holds. */
export interface Verdict {
  readonly target: string;
  readonly holds: boolean;
}

const percent = (part: number) => `${Math.round(part * 100)} %`;

function parts({ ofHelm4, of, most }: Target, { figure: { unit }, byTool: { ours, helm4 } }: Measured, all: readonly Measured[]): Verdict[] {
  const other = of && all.find(({ figure }) => figure.name === of.figure)?.byTool.ours;
  const verdict = (target: string, limit: number): Verdict => ({ target, holds: ours!.median <= limit });
  return [
    ...(ofHelm4 === undefined ? [] : [verdict(`≤ ${percent(ofHelm4)} of helm 4`, ofHelm4 * helm4!.median)]),
    ...(of === undefined ? [] : [verdict(`≤ ${of.times} × ${of.figure}`, of.times * other!.median)]),
    ...(most === undefined ? [] : [verdict(`≤ ${most} ${unit}`, most)]),
  ];
}

/** What a figure comes to against its target; nothing where it has none. */
export function verdictOf(measured: Measured, all: readonly Measured[]): Verdict | undefined {
  const { target } = measured.figure;
  if (target === undefined) return undefined;
  const verdicts = parts(target, measured, all);
  return { target: verdicts.map((each) => each.target).join(', '), holds: verdicts.every(({ holds }) => holds) };
}
