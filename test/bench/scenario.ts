import { ToolName, Toolbox } from '../conformance/tools';

/** In what is measured. */
export type Unit = 'ms' | 'MiB' | 'requests';

/** What ours has to come to, at the median. Several hold at once. */
export interface Target {
  /** At most this part of what helm 4 comes to. */
  readonly ofHelm4?: number;
  /** At most so many times another figure of the same scenario. */
  readonly of?: { readonly figure: string; readonly times: number };
  /** At most this, in the unit of the figure. */
  readonly most?: number;
}

/** Something that is measured in every run of a scenario. */
export interface Figure {
  readonly name: string;
  readonly unit: Unit;
  readonly target?: Target;
}

/** What a run came to. */
export interface Run {
  /** One number a figure. */
  readonly numbers: readonly number[];
  /** What it has left behind, which has to be the same whoever ran: what does something else is not faster. */
  readonly left: string;
}

/** Something that tools do, measured. */
export interface Scenario {
  readonly figures: readonly Figure[];
  /** Who can do it. */
  readonly tools: readonly ToolName[];
  /** Does it once. */
  readonly run: (tool: ToolName, toolbox: Toolbox) => Promise<Run>;
}
