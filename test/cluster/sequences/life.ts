import { ToolName } from '../../conformance/tools';
import { hookNames, hooksOf, resourcesOf } from './chart';
import { expectedContent } from './content';

/** The operations of a sequence, in their order. */
export const OPERATIONS = ['install', 'upgrade', 'rollback', 'uninstall'] as const;

/** Who does each of the four operations. */
export type Sequence = readonly [ToolName, ToolName, ToolName, ToolName];

/** What is to be seen of a step. */
export interface Seen {
  readonly exit: number;
  /** What the step said on standard error; nothing where it succeeded. */
  readonly said: string;
  /** `2 deployed: Upgrade complete` */
  readonly records: readonly string[];
  /** `Job/work of version 1` in the order in which they were created. */
  readonly hooks: readonly string[];
  /** The resources of the release, as far as the chart speaks of them. */
  readonly objects: Readonly<Record<string, unknown>>;
  /** What else is in the namespace, made by any tool. */
  readonly others: readonly string[];
}

interface Stage {
  readonly version?: 1 | 2;
  readonly records: readonly string[];
  /** The revision whose hooks run, and the events. */
  readonly hooks: readonly [version: 1 | 2, before: string, after: string];
}

const STAGES: readonly Stage[] = [
  { version: 1, records: ['1 deployed: Install complete'], hooks: [1, 'pre-install', 'post-install'] },
  { version: 2, records: ['1 superseded: Install complete', '2 deployed: Upgrade complete'], hooks: [2, 'pre-upgrade', 'post-upgrade'] },
  {
    version: 1,
    records: ['1 superseded: Install complete', '2 superseded: Upgrade complete', '3 deployed: Rollback to 1'],
    hooks: [1, 'pre-rollback', 'post-rollback'],
  },
  { records: [], hooks: [1, 'pre-delete', 'post-delete'] },
];

function ran([version, ...events]: Stage['hooks']): string[] {
  return events.flatMap(hookNames).map((name) => `${name} of version ${version}`);
}

/** What every sequence should show, whoever does its steps: derived from the chart alone. */
export function expectedLife(namespace: string): Seen[] {
  const notes = STAGES.map(({ hooks: [, ...events] }) => events.map((event) => `ConfigMap/${event}`));
  return STAGES.map(({ version, records, hooks }, index) => ({
    exit: 0,
    said: '',
    records,
    hooks: ran(hooks),
    objects: version === undefined ? {} : expectedContent(resourcesOf(version), namespace),
    others: notes.slice(0, index + 1).flat().sort(),
  }));
}

/** All 81 ways to hand a release among the tools. */
export function everySequence(tools: readonly ToolName[]): Sequence[] {
  return tools.flatMap((a) => tools.flatMap((b) => tools.flatMap((c) => tools.map((d): Sequence => [a, b, c, d]))));
}

/** The names of all hooks. */
export const HOOK_NAMES: ReadonlySet<string> = new Set([...hooksOf(1), ...hooksOf(2)].map(({ metadata }) => metadata.name!));
