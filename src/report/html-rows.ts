import { Verdict, describeVerdict } from '../lifecycle';
import { describeRef } from '../vocabulary';
import { duration } from './duration';
import { Markup, capped, html } from './markup';
import { ResourceChange, Span, TimelineHook, TimelineOperation } from './timeline';

/** How a row looks. */
type Look = 'succeeded' | 'failed' | 'pending' | 'unfinished';

/** What a row of the timeline shows. */
interface Row {
  readonly look: Look;
  readonly at: string;
  readonly weight?: number;
  readonly name: string;
  readonly result: string;
  readonly span?: Span;
  /** What is drawn of it, where that is not the whole of it. */
  readonly parts?: readonly (Span & { readonly failed: boolean })[];
  /** What is seen when the row is opened. */
  readonly inside: readonly Markup[];
  /** Whether it is open from the beginning. */
  readonly open: boolean;
}

/** Resources that are listed; the others are counted. */
const MOST_RESOURCES = 500;

/** Waits of a hook that are listed. */
const MOST_WAITS = 20;

const WORDS: Readonly<Record<Verdict['kind'], string>> = {
  'succeeded': 'succeeded',
  'failed': 'failed',
  'stuck': 'cannot run',
  'timed-out': 'timed out',
  'interrupted': 'interrupted',
};

/** Percent of the operation's time, to a hundredth. */
function percent(part: number, { since, until }: Span): number {
  const whole = Math.max(1, until - since);
  return Math.round(Math.min(1, Math.max(0, part / whole)) * 10_000) / 100;
}

function bar(operation: Span, { span, parts, look }: Row): Markup {
  if (!span) return html`<span class="bar"></span>`;
  const drawn = (parts ?? [{ ...span, failed: look === 'failed' }]).map(({ since, until, failed }) => {
    const [left, width] = [percent(since - operation.since, operation), percent(until - since, operation)];
    return html`<i${failed ? html` class="bad"` : undefined} style="left:${left}%;width:${width}%"></i>`;
  });
  const when = `from ${duration(span.since - operation.since)} to ${duration(span.until - operation.since)}`;
  return html`<span class="bar" title="${when}">${drawn}</span>`;
}

function rowMarkup(operation: Span, row: Row): Markup {
  const { look, at, weight, name, result, span, inside, open } = row;
  const took = span ? duration(span.until - span.since) : '';
  const state = look === 'pending' || look === 'unfinished' ? 'status' : `status ${look}`;
  const cells = html`<span class="at">${at}</span> <span class="weight">${weight}</span> <span class="name">${name}</span> <span class="${state}">${result}</span> ${bar(operation, row)} <span class="took">${took}</span>`;
  if (inside.length === 0) return html`<li class="${look}"><div class="row">${cells}</div></li>\n`;
  return html`<li class="${look}"><details${open ? html` open` : undefined}><summary class="row">${cells}</summary><div class="inside">${inside}</div></details></li>\n`;
}

/** `+1.5 s` */
function offset(operation: Span, at: number): Markup {
  return html`<span class="dim">+${duration(at - operation.since)}</span>`;
}

/** The attempts of a hook, where there were several: one bar each, with the pauses in between. */
function attemptsOf({ attempts, end }: TimelineHook, until: number): Pick<Row, 'parts'> {
  if (attempts.length < 2) return {};
  return { parts: end ? attempts : [...attempts.slice(0, -1), { ...attempts.at(-1)!, until }] };
}

/** Which lines of which hook the page has room for. */
export type Room = (hook: TimelineHook) => readonly string[];

function printed(hook: TimelineHook, room: Room): Markup[] {
  const lines = room(hook);
  const leftOut = hook.dropped + hook.lines.length - lines.length;
  const missing = leftOut > 0 ? [html`<p class="dim">${leftOut} earlier lines are left out</p>`] : [];
  return lines.length > 0 ? [...missing, html`<pre>${lines.join('\n')}</pre>`] : missing;
}

function hookRow(operation: TimelineOperation, hook: TimelineHook, room: Room): Row {
  const { event: at, weight, end, waits, deletedBy, skipped, runsBecause } = hook;
  const span = hook.since === undefined ? undefined : { since: hook.since, until: end ? hook.since + end.milliseconds : operation.until };
  const why = end && end.verdict.kind !== 'succeeded' ? [html`<p>${describeVerdict(end.verdict)}</p>`] : [];
  const remedy = end && 'remedy' in end.verdict && end.verdict.remedy !== undefined ? [html`<p>${end.verdict.remedy}</p>`] : [];
  const told = capped(
    waits,
    MOST_WAITS,
    ({ at: when, text, remedy: help }) => html`<li>${offset(operation, when)} waiting: ${text}${help === undefined ? undefined : html`<br>${help}`}</li>`,
    (count) => html`<li>… ${count} more</li>`,
  );
  const inside = [
    ...(skipped === undefined ? [] : [html`<p>${skipped}</p>`]),
    ...(runsBecause === undefined ? [] : [html`<p>it ran: ${runsBecause}</p>`]),
    ...why,
    ...remedy,
    ...(told.length > 0 ? [html`<ul>${told}</ul>`] : []),
    ...printed(hook, room),
    ...(deletedBy === undefined ? [] : [html`<p class="dim">its object is deleted (${deletedBy})</p>`]),
  ];
  const look: Look = end ? (end.verdict.kind === 'succeeded' ? 'succeeded' : 'failed') : span ? 'unfinished' : 'pending';
  const result = end ? WORDS[end.verdict.kind] : span ? 'unfinished' : skipped === undefined ? 'not run' : 'skipped';
  return { look, at, weight, name: describeRef(hook.hook), result, span, ...attemptsOf(hook, operation.until), inside, open: look === 'failed' || look === 'unfinished' };
}

/** `2 created, 1 unchanged` */
function counted(changes: readonly { readonly change: ResourceChange }[]): string {
  const counts = new Map<ResourceChange, number>();
  for (const { change } of changes) counts.set(change, (counts.get(change) ?? 0) + 1);
  return [...counts].map(([change, count]) => `${count} ${change}`).join(', ');
}

function resourceRows({ plan, changes, changing, end }: TimelineOperation): Row[] {
  const planned = plan ? plan.apply.length + plan.remove.length : 0;
  if (planned + changes.length === 0) return [];
  const inside = changes.length === 0 ? [] : [html`<ul>${capped(
    changes,
    MOST_RESOURCES,
    ({ resource, change }) => html`<li>${change} ${describeRef(resource)}</li>`,
    (count) => html`<li>… ${count} more</li>`,
  )}</ul>`];
  const failed = end !== undefined && end.outcome.status !== 'succeeded' && changes.length < planned && changes.length > 0;
  const result = changes.length === 0 ? 'untouched' : failed ? 'not all' : 'done';
  const look: Look = changes.length === 0 ? 'pending' : failed ? 'failed' : 'succeeded';
  return [{ look, at: 'resources', name: changes.length === 0 ? `${planned} planned` : counted(changes), result, span: changing, inside, open: false }];
}

function readinessRows({ waiting, unready }: TimelineOperation): Row[] {
  if (!waiting) return [];
  const inside = unready.length === 0 ? [] : [html`<ul>${capped(
    unready,
    MOST_RESOURCES,
    ({ resource, reason }) => html`<li>${describeRef(resource)}: ${reason}</li>`,
    (count) => html`<li>… ${count} more</li>`,
  )}</ul>`];
  const [look, result]: [Look, string] = unready.length === 0 ? ['succeeded', 'ready'] : ['failed', 'not ready'];
  return [{ look, at: 'waiting', name: unready.length === 0 ? 'all resources' : `${unready.length} resources`, result, span: waiting, inside, open: unready.length > 0 }];
}

/** The timeline of an operation: its hooks in Helm's order, and between them what happened to the resources. */
export function timelineMarkup(operation: TimelineOperation, room: Room): Markup {
  const { before, after } = operation;
  const rows = [
    ...before.map((hook) => hookRow(operation, hook, room)),
    ...resourceRows(operation),
    ...readinessRows(operation),
    ...after.map((hook) => hookRow(operation, hook, room)),
  ];
  return rows.length === 0 ? html`<p class="dim">There was nothing to do.</p>` : html`<ol class="timeline">\n${rows.map((row) => rowMarkup(operation, row))}</ol>`;
}
