import { TOOLS, ToolName, Toolbox } from '../conformance/tools';
import { Scenario } from './scenarios';
import { Summary, summarize } from './statistics';

/** What a scenario took, tool by tool. */
export type Measured = Readonly<Record<ToolName, Summary>>;

/** Lets every tool do the same in turn, round after round: whatever else the machine does meanwhile hits all of them. */
export async function measure({ name, measure: once }: Scenario, rounds: number, toolbox: Toolbox, say: (line: string) => void): Promise<Measured> {
  const taken: Record<ToolName, number[]> = { helm3: [], helm4: [], ours: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const tool of TOOLS) taken[tool].push(await once(tool, toolbox));
    say(`${name}: ${round + 1} of ${rounds}`);
  }
  return { helm3: summarize(taken.helm3), helm4: summarize(taken.helm4), ours: summarize(taken.ours) };
}
