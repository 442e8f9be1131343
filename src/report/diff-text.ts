import { structuredPatch } from 'diff';
import { HookDifference, ManifestsChangedError, ObjectDifference, ReleaseDifference } from '../lifecycle';
import { ObjectRef, describeRef } from '../vocabulary';
import { printable } from './printable';

/** How a difference is written. */
export interface DiffTextOptions {
  /**
   * Colour what comes and what goes; for terminals only.
   *
   * @default false
   */
  readonly colour?: boolean;
}

type Colour = 31 | 32 | 36;
const RED: Colour = 31;
const GREEN: Colour = 32;
const CYAN: Colour = 36;

interface Line {
  readonly text: string;
  readonly colour?: Colour;
}

const MARKS = { created: '+', added: '+', changed: '~', deleted: '-', removed: '-', kept: ' ', unchanged: ' ' } as const;

/** Lines around a change. */
const CONTEXT = 3;

/** Texts that differ in more lines are told as a whole: finding the shortest way from one to the other would take minutes. */
const MAX_EDITS = 4000;

function linesOf(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

/** Where a hunk is; of nothing, the line before it. */
function range(start: number, lines: number): string {
  return `${lines === 0 ? start - 1 : start},${lines}`;
}

function hunks(before: string, after: string): string[] {
  const patch = structuredPatch('', '', before, after, undefined, undefined, { context: CONTEXT, maxEditLength: MAX_EDITS });
  if (!patch) {
    const [gone, come] = [linesOf(before), linesOf(after)];
    return [`@@ -1,${gone.length} +1,${come.length} @@`, ...gone.map((line) => `-${line}`), ...come.map((line) => `+${line}`)];
  }
  return patch.hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [`@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`, ...lines]);
}

function colourOf(line: string): Colour | undefined {
  return line.startsWith('@@') ? CYAN : line.startsWith('-') ? RED : line.startsWith('+') ? GREEN : undefined;
}

/** The unified diff of two texts, under the names of where they come from. */
function unified({ before, after }: Pick<ObjectDifference, 'before' | 'after'>, [was, is]: readonly [string, string]): Line[] {
  const heads = [`--- ${before === undefined ? '/dev/null' : was}`, `+++ ${after === undefined ? '/dev/null' : is}`];
  return [...heads, ...hunks(before ?? '', after ?? '')].map((text) => ({ text, colour: colourOf(text) }));
}

function nameOf(ref: ObjectRef, namespace: string): string {
  return `${describeRef(ref)}${ref.namespace === undefined || ref.namespace === namespace ? '' : ` in namespace ${ref.namespace}`}`;
}

function resourceLines({ namespace, revision }: ReleaseDifference, difference: ObjectDifference): Line[] {
  const { object, change, refusal, before, after } = difference;
  if (change === 'unchanged' && refusal === undefined) return [];
  const note = change === 'kept' ? '  (stays: helm.sh/resource-policy: keep)' : '';
  const why = refusal === undefined ? [] : `would be refused: ${refusal}`.split('\n').map((text) => ({ text: `  ${text}`, colour: RED }));
  const diff = before === undefined && after === undefined ? [] : unified(difference, ['live', `revision ${revision}`]);
  return [{ text: '' }, { text: `${MARKS[change]} ${nameOf(object, namespace)}${note}` }, ...why, ...diff];
}

function hookLines({ namespace, revision }: ReleaseDifference, difference: HookDifference): Line[] {
  const { hook, change } = difference;
  if (change === 'unchanged') return [];
  return [{ text: '' }, { text: `${MARKS[change]} hook ${nameOf(hook, namespace)}` }, ...unified(difference, [`revision ${revision - 1}`, `revision ${revision}`])];
}

/** `1 created, 2 unchanged` */
function counts(differences: readonly { readonly change: string }[]): string {
  const words = ['created', 'added', 'changed', 'deleted', 'removed', 'kept', 'unchanged'];
  const count = (word: string) => differences.filter(({ change }) => change === word).length;
  return words.filter((word) => count(word) > 0).map((word) => `${count(word)} ${word}`).join(', ') || 'none';
}

function painted(lines: readonly Line[], colour: boolean): string[] {
  return lines.map(({ text, colour: of }) => (colour && of !== undefined ? `\u001b[${of}m${printable(text)}\u001b[m` : printable(text)));
}

/** What an operation would change, as unified diffs, object by object. */
export function diffText(difference: ReleaseDifference, { colour = false }: DiffTextOptions = {}): string[] {
  const { operation, release, namespace, revision, from, resources, hooks } = difference;
  const refused = resources.filter(({ refusal }) => refusal !== undefined).length;
  const lines: Line[] = [
    { text: `${operation} ${release}, namespace ${namespace}: revision ${from === undefined ? revision : `${from} -> ${revision}`}` },
    ...resources.flatMap((each) => resourceLines(difference, each)),
    ...hooks.flatMap((each) => hookLines(difference, each)),
    { text: '' },
    { text: `resources: ${counts(resources)}${refused > 0 ? `; ${refused} refused` : ''}` },
    { text: `hooks: ${counts(hooks)}` },
  ];
  return painted(lines, colour);
}

/** Why a revision cannot be gone on with, as unified diffs of what was recorded and what was given. */
export function changesText({ changes, revision }: Pick<ManifestsChangedError, 'changes' | 'revision'>): string[] {
  const lines = changes.flatMap((each): Line[] => [{ text: '' }, { text: `${MARKS[each.change]} ${each.name}` }, ...unified(each, [`revision ${revision}`, 'given now'])]);
  return [...painted(lines, false), ''];
}
