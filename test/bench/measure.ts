import { ToolName, Toolbox } from '../conformance/tools';
import { Figure, Run, Scenario } from './scenario';
import { Summary, summarize } from './statistics';

/** A figure, and what it came to tool by tool. */
export interface Measured {
  readonly figure: Figure;
  readonly byTool: Readonly<Partial<Record<ToolName, Summary>>>;
}

/**
 * Lets every tool do the same in turn, round after round: whatever else the machine does meanwhile hits all of them.
 *
 * @throws an error where a tool leaves something else behind than the first
 */
export async function measure({ figures, tools, run }: Scenario, rounds: number, toolbox: Toolbox, say: (line: string) => void): Promise<Measured[]> {
  const runs = new Map<ToolName, Run[]>(tools.map((tool) => [tool, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const tool of tools) {
      const done = await run(tool, toolbox);
      const first = runs.get(tools[0])![0] ?? done;
      if (done.left !== first.left) throw new Error(`${figures[0].name}: ${tool} has left\n${done.left}\nand ${tools[0]}\n${first.left}`);
      runs.get(tool)!.push(done);
    }
    say(`${figures[0].name}: ${round + 1} of ${rounds}`);
  }
  return figures.map((figure, index) => {
    const summaries = [...runs].map(([tool, of]) => [tool, summarize(of.map(({ numbers }) => numbers[index]))]);
    return { figure, byTool: Object.fromEntries(summaries) as Measured['byTool'] };
  });
}
