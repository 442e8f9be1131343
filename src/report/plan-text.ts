import { HookSummary, PlanSummary, Skip, Undo, WaitReason, everyHook } from '../lifecycle';
import { describeMutex, describeRef } from '../vocabulary';
import { printable } from './printable';

function resumed(resumes?: boolean): string {
  return resumes ? ', resumed' : '';
}

const HEADLINES: Readonly<Record<PlanSummary['operation'], (plan: PlanSummary) => string>> = {
  install: ({ revision, resumes }) => `revision ${revision}${resumed(resumes)}`,
  upgrade: ({ from, revision, resumes }) => `revision ${from} -> ${revision}${resumed(resumes)}`,
  rollback: ({ from, to, revision }) => `revision ${from} -> ${revision}, back to what revision ${to} was`,
  uninstall: ({ revision }) => `revision ${revision}`,
  test: ({ revision }) => `revision ${revision}`,
};

/** `upgrade webapp`; `pre-upgrade hooks of webapp` where somebody else manages its resources. */
export function subject({ operation, event, release }: Pick<PlanSummary, 'operation' | 'event' | 'release'>): string {
  return event === undefined ? `${operation} ${release}` : `${event} hooks of ${release}`;
}

/** `upgrade webapp, namespace shop: revision 2 -> 3` */
export function headline(plan: PlanSummary): string {
  if (plan.event !== undefined) return `${subject(plan)}, namespace ${plan.namespace}: revision ${plan.revision}`;
  return `${plan.operation} ${plan.release}, namespace ${plan.namespace}: ${HEADLINES[plan.operation](plan)}`;
}

/** How wide columns are, in characters. */
export interface HookWidths {
  readonly event: number;
  readonly name: number;
}

/** Wide enough for every event of Helm's, where nothing is known of the hooks. */
export const USUAL_WIDTHS: HookWidths = { event: 13, name: 0 };

/** Event, weight and name of a hook in columns. */
export function hookColumns({ event, weight, hook }: HookSummary, widths: HookWidths): string {
  return `${event.padEnd(widths.event)} ${String(weight).padStart(4)}  ${describeRef(hook).padEnd(widths.name)}`;
}

/** The widths that the hooks of a plan need; an uninstall also tells of Jobs and Pods that hooks of other events have left. */
export function hookWidths(plan: PlanSummary): HookWidths {
  const { operation, idle = [] } = plan;
  const left = operation === 'uninstall' ? idle.filter(({ kind }) => kind === 'Job' || kind === 'Pod') : [];
  const hooks = everyHook(plan);
  const events = [...hooks.map(({ event }) => event), ...left.flatMap((hook) => hook.events)];
  const names = [...hooks.map(({ hook }) => hook), ...left].map(describeRef);
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map(({ length }) => length));
  return { event: Math.max(USUAL_WIDTHS.event, widest(events)), name: widest(names) };
}

const MARKS = { create: '+', change: '~', none: ' ', delete: '-', keep: ' ' } as const;
const NOTES = { create: '', change: '', none: '  (unchanged)', delete: '', keep: '  (stays: helm.sh/resource-policy: keep)' } as const;

/** Changed fields that a line names. */
const FIELDS = 3;

/** `  spec.replicas, spec.template.spec.containers[0].image, and 2 more` */
function fieldsText(fields: readonly string[] = []): string {
  if (fields.length === 0) return '';
  const more = fields.length > FIELDS ? [`and ${fields.length - FIELDS} more`] : [];
  return `  ${[...fields.slice(0, FIELDS), ...more].join(', ')}`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line.trimEnd()}`)];
}

function readinessText({ operation, settings }: PlanSummary): string {
  if (operation === 'uninstall') return 'waits until the resources are gone';
  return settings.waitForJobs ? 'waits until the resources are ready and their Jobs have ended' : 'waits until the resources are ready';
}

/** `rollback to revision 2` */
export function undoText(undo: Undo): string {
  return undo.operation === 'rollback' ? `rollback to revision ${undo.to}` : 'uninstall';
}

/** What stands above hooks. */
function hooksTitle({ operation, event }: PlanSummary, title: string): string {
  if (event !== undefined) return 'hooks';
  return operation === 'test' ? 'tests' : title;
}

/** Whether the release is gone when the operation has succeeded. */
function isEnd({ operation, event }: PlanSummary): boolean {
  return operation === 'uninstall' && event !== 'pre-delete';
}

/** Names that are told of the hooks that one waits for, and of those that do not run. */
const MOST_NAMES = 3;

const REASONS: Readonly<Record<WaitReason, string>> = { weight: ' by weight', name: ' by name', declared: ' as declared', alone: ', which runs alone' };

/** `after Job/backup by weight`; nothing for the first of all. */
function waitText({ waitsFor, because }: HookSummary, place: number, all: readonly HookSummary[]): string[] {
  const awaited = waitsFor ?? (place === 0 ? undefined : [place - 1]);
  if (awaited === undefined) return [];
  const reason = because === undefined ? '' : REASONS[because];
  if (awaited.length === 0) return [`at once${reason}`];
  if (awaited.length > MOST_NAMES) return [`after ${awaited.length} hooks${reason}`];
  return [`after ${awaited.map((each) => describeRef(all[each].hook)).join(', ')}${reason}`];
}

/** What is said of a hook that is passed over, if what it uses is still so when its turn comes. */
function skipText({ reason, uid, unchanged }: Skip): string {
  if (unchanged && unchanged.inputs.length > 0) {
    return `skipped unless, at its turn, ${unchanged.inputs.map(describeRef).join(' or ')} has changed since it succeeded in revision ${unchanged.since}`;
  }
  return `skipped${uid === undefined ? '' : ' if it is there'}: ${reason}`;
}

/** `  (after Job/backup by weight, timeout 90 s)`, or why it does not run; nothing for the first hook if it has no settings of its own. */
function settingsText(summary: HookSummary, place: number, all: readonly HookSummary[]): string {
  const { timeoutSeconds, retry, mutex, always, skip, runsBecause } = summary;
  if (skip) return `  (${skipText(skip)})`;
  const codes = retry?.onExitCodes === undefined ? '' : ` on exit code ${retry.onExitCodes.join(' or ')}`;
  const settings = [
    ...(runsBecause === undefined ? [] : [runsBecause]),
    ...waitText(summary, place, all),
    ...(always ? ['in any case'] : []),
    ...(timeoutSeconds === undefined ? [] : [`timeout ${timeoutSeconds} s`]),
    ...(mutex === undefined ? [] : [`mutex ${describeMutex(mutex)}`]),
    ...(retry === undefined ? [] : [`up to ${retry.attempts} attempts${codes}`]),
  ];
  return settings.length === 0 ? '' : `  (${settings.join(', ')})`;
}

/** `hooks of other events: Job/cleanup (post-delete), Job/smoke (test), and 3 more`: who has mistaken an event sees it here. */
function idleText({ idle = [] }: PlanSummary): string[] {
  if (idle.length === 0) return [];
  const more = idle.length > MOST_NAMES ? [`and ${idle.length - MOST_NAMES} more`] : [];
  const names = idle.slice(0, MOST_NAMES).map((hook) => `${describeRef(hook)} (${hook.events.join(', ')})`);
  return [`hooks of other events: ${[...names, ...more].join(', ')}`];
}

/** A plan for people: what would run and change, in order. */
export function planText(plan: PlanSummary): string {
  const widths = hookWidths(plan);
  const hook = (summary: HookSummary, place: number, all: readonly HookSummary[]) => `${hookColumns(summary, widths)}${settingsText(summary, place, all)}`;
  const resource = ({ action, resource: ref, fields }: PlanSummary['apply'][number] | (PlanSummary['remove'][number] & { readonly fields?: undefined })) =>
    `${MARKS[action]} ${describeRef(ref)}${NOTES[action]}${fieldsText(fields)}`;
  return [
    headline(plan),
    ...(plan.warnings ?? []).map((warning) => `warning: ${warning}`),
    ...(plan.settings.createNamespace ? [`creates namespace ${plan.namespace} if it is missing`] : []),
    ...section('definitions, created if they are missing', plan.definitions.map(describeRef)),
    ...(plan.settings.hooks ? [] : ['runs no hooks']),
    ...section(hooksTitle(plan, 'hooks before'), plan.before.map(hook)),
    ...section('resources', [...plan.apply, ...plan.remove].map(resource)),
    ...(plan.settings.wait ? [readinessText(plan)] : []),
    ...section(hooksTitle(plan, 'hooks after'), plan.after.map(hook)),
    ...idleText(plan),
    ...(isEnd(plan) ? ['deletes the Jobs and Pods that its hooks have left'] : []),
    ...section('hooks if it fails', plan.afterFailure.map(hook)),
    ...(plan.onFailure ? [`if it fails: ${undoText(plan.onFailure)}`] : []),
  ].map(printable).join('\n');
}
