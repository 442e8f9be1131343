import { HookFailedError, Verdict } from '../lifecycle';
import { describeRef } from '../vocabulary';
import { duration, elapsed } from './duration';
import { Measure, elide, oneLine, pad, wrap } from './fit';
import { hookKey } from './hook-key';
import { LiveHook, LiveNote, LiveSection, LiveState } from './live-state';
import { outcomeLines } from './outcome-lines';
import { BOLD, CYAN, DIM, GREEN, Line, RED, YELLOW, paint } from './part';
import { headline } from './plan-text';

/** Lines that belong together: the details go first where there is not room for all. */
export interface LiveBlock {
  readonly kind: 'headline' | 'step' | 'text' | 'outcome';
  readonly stage: 'pending' | 'active' | 'done';
  readonly head: readonly Line[];
  /** The last ones matter most. */
  readonly details: readonly Line[];
}

/** Where lines are laid out. */
export interface LiveWidth {
  readonly columns: number;
  /** How many lines a reason or a warning may take that cannot be read in one. */
  readonly reasonLines: number;
  readonly widthOf: Measure;
}

/** Columns left of a name: two blanks, the event, a blank, the weight, two blanks. */
const BEFORE_NAME = 22;

/** What is left for the state of a hook even where its name is long: `running  9 min 59 s`. */
const LEAST_STATE = 19;
const LEAST_NAME = 10;

function longestName({ before, after }: LiveSection, widthOf: Measure): number {
  return Math.max(0, ...[...before, ...after].map(({ hook }) => widthOf(oneLine(describeRef(hook)))));
}

/** How a step is told; the reason goes below where it does not fit beside. */
interface Told {
  readonly colour: number;
  readonly label: string;
  readonly reason?: string;
  readonly remedy?: string;
  readonly after?: string;
}

function told(start: string, { colour, label, reason, remedy, after = '' }: Told, { columns, reasonLines, widthOf }: LiveWidth): Line[] {
  const text = reason === undefined ? label : `${label}: ${oneLine(reason)}`;
  const below = (words: string) => wrap(oneLine(words), Math.max(1, columns - 6), reasonLines, widthOf);
  const help = remedy === undefined ? [] : below(remedy).map((line) => [`      ${line}`]);
  if (reason === undefined || widthOf(start + text + after) <= columns) return [[start, paint(colour, text), after], ...help];
  return [[start, paint(colour, label), after], ...below(reason).map((line) => ['      ', paint(colour, line)]), ...help];
}

function verdictTold(verdict: Verdict): Told {
  switch (verdict.kind) {
    case 'succeeded':
      return { colour: GREEN, label: 'succeeded' };
    case 'failed':
      return { colour: RED, label: 'failed', reason: verdict.cause };
    case 'stuck':
      return { colour: RED, label: 'cannot run', reason: verdict.cause };
    case 'timed-out':
      return { colour: RED, label: `timed out after ${verdict.afterSeconds} s`, reason: verdict.waiting };
    case 'interrupted':
      return { colour: RED, label: 'interrupted' };
  }
}

function hookHead(section: LiveSection, { event, weight, hook, progress }: LiveHook, now: number, width: LiveWidth): Line[] {
  const { columns, widthOf } = width;
  const room = Math.min(longestName(section, widthOf), Math.max(LEAST_NAME, columns - BEFORE_NAME - 2 - LEAST_STATE));
  const name = pad(elide(oneLine(describeRef(hook)), room, widthOf), room, widthOf);
  const start = `  ${event.padEnd(13)} ${String(weight).padStart(4)}  ${name}  `;
  switch (progress.kind) {
    case 'pending':
      return [[start, paint(DIM, section.ended ? 'did not run' : 'pending')]];
    case 'skipped':
      return told(start, { colour: DIM, label: 'skipped', reason: progress.reason }, width);
    case 'running':
      return told(start, {
        colour: CYAN,
        label: `running  ${elapsed(now - progress.since)}`,
        reason: progress.reason,
        after: progress.attempt === undefined ? '' : `  attempt ${progress.attempt}`,
      }, width);
    case 'waiting':
      return told(start, { ...progress, colour: YELLOW, label: `waiting  ${elapsed(now - progress.since)}` }, width);
    case 'finished': {
      const after = `  ${duration(progress.milliseconds)}${progress.deleted ? '  deleted' : ''}`;
      return told(start, { ...verdictTold(progress.verdict), after }, width);
    }
  }
}

/** Whether the end of the operation tells what the hook printed last. */
function isToldAtTheEnd(hook: LiveHook, { ended }: LiveSection): boolean {
  const error = ended?.outcome.error;
  return error instanceof HookFailedError && error.lastLines.length > 0 && hookKey(error.hook) === hookKey(hook);
}

function hookBlock(section: LiveSection, hook: LiveHook, now: number, width: LiveWidth): LiveBlock {
  const stages = { pending: 'pending', skipped: 'done', running: 'active', waiting: 'active', finished: 'done' } as const;
  const logs = isToldAtTheEnd(hook, section) ? [] : hook.logs;
  return {
    kind: 'step',
    stage: stages[hook.progress.kind],
    head: hookHead(section, hook, now, width),
    details: logs.map((line) => ['    | ', oneLine(line)]),
  };
}

const CHANGES = ['created', 'changed', 'unchanged', 'deleted', 'kept', 'absent'] as const;

/** `4 of 9: 1 created, 3 unchanged` */
function counts({ changes, plan }: LiveSection): string {
  const total = plan!.apply.length + plan!.remove.length;
  const counted = CHANGES.map((change) => [changes.filter((each) => each === change).length, change] as const).filter(([count]) => count > 0);
  const all = counted.map(([count, change]) => `${count} ${change}`).join(', ');
  return changes.length < total ? `${changes.length} of ${total}: ${all}` : all;
}

function resourcesBlock(section: LiveSection): LiveBlock[] {
  const { plan, changes, waiting, readyAfter, ended } = section;
  const total = plan ? plan.apply.length + plan.remove.length : 0;
  if (total === 0) return [];
  const start = '  resources'.padEnd(BEFORE_NAME);
  const untouched = [start, paint(DIM, ended ? 'untouched' : `${total} pending`)];
  if (changes.length === 0) return [{ kind: 'step', stage: 'pending', head: [untouched], details: [] }];
  const state = waiting.length > 0 ? paint(YELLOW, `, ${waiting.length} not ready`) : readyAfter === undefined ? '' : `, ready  ${duration(readyAfter)}`;
  return [{
    kind: 'step',
    stage: !ended && (changes.length < total || waiting.length > 0) ? 'active' : 'done',
    head: [[start, counts(section), state]],
    details: waiting.map(({ resource, reason }) => ['    waiting for ', oneLine(describeRef(resource)), ': ', paint(YELLOW, oneLine(reason))]),
  }];
}

/** Errors quote the cluster, too. */
function clean(line: Line): Line {
  return line.map((part) => (typeof part === 'string' ? oneLine(part) : paint(part.colour, oneLine(part.text))));
}

function textBlock(stage: LiveBlock['stage'], ...head: readonly Line[]): LiveBlock {
  return { kind: 'text', stage, head, details: [] };
}

/** Text that may take more than a line; the further ones are indented. */
function wrappedBlock(stage: LiveBlock['stage'], text: string, colour: number | undefined, { columns, reasonLines, widthOf }: LiveWidth): LiveBlock {
  const lines = wrap(oneLine(text), Math.max(1, columns - 2), reasonLines, widthOf);
  return textBlock(stage, ...lines.map((line, index) => [index > 0 ? '  ' : '', colour === undefined ? line : paint(colour, line)]));
}

function noteBlock({ text, since }: LiveNote, now: number, width: LiveWidth): LiveBlock {
  return since === undefined ? wrappedBlock('done', text, undefined, width) : wrappedBlock('active', `${text}  ${elapsed(now - since)}`, YELLOW, width);
}

function sectionBlocks(section: LiveSection, now: number, width: LiveWidth): LiveBlock[] {
  const { plan, since, notes, before, after, warnings, remarks, seen, ended } = section;
  const time = ended ? '' : `  ${elapsed(now - since)}`;
  const hook = (each: LiveHook) => hookBlock(section, each, now, width);
  const top = [...(plan ? [[paint(BOLD, oneLine(headline(plan))), time]] : []), ...remarks.map((remark) => [paint(YELLOW, oneLine(remark))])];
  return [
    ...(top.length > 0 ? [{ kind: 'headline', stage: 'done', head: top, details: [] } as const] : []),
    ...notes.map((note) => noteBlock(note, now, width)),
    ...before.map(hook),
    ...resourcesBlock(section),
    ...after.map(hook),
    ...warnings.map((warning) => wrappedBlock('done', warning, YELLOW, width)),
    ...(ended && plan ? [{ ...textBlock('done', ...outcomeLines(ended.outcome, ended.milliseconds, plan, seen).map(clean)), kind: 'outcome' } as const] : []),
  ];
}

/** What there is to show, from top to bottom. */
export function liveBlocks(state: LiveState, now: number, width: LiveWidth): LiveBlock[] {
  return state.flatMap((section) => sectionBlocks(section, now, width));
}
