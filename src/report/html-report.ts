import { LifecycleError } from '../vocabulary';
import { duration } from './duration';
import { failureLines, refusalLines } from './failure-lines';
import { Room, timelineMarkup } from './html-rows';
import { STYLE } from './html-style';
import { Markup, capped, html } from './markup';
import { headline, subject } from './plan-text';
import { TimelineHook, TimelineNote, TimelineOperation } from './timeline';
import { TimelineReport } from './timeline-report';

/** Characters of logs on a page: a browser shows as much at once, and a CI system keeps it. */
const LOG_ROOM = 1_000_000;

/** Warnings, and things that are told beside the timeline, that are listed. */
const MOST_NOTES = 100;

/** Nothing is loaded and nothing runs; not even an icon is asked for. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

/** Shares the room for logs out: to what did not succeed first, then in the order of the timeline; of each the last lines. */
function logRoom(operations: readonly TimelineOperation[]): Room {
  const hooks = operations.flatMap(({ before, after }) => [...before, ...after]);
  const succeeded = ({ end }: TimelineHook) => end?.verdict.kind === 'succeeded';
  const shares = new Map<TimelineHook, readonly string[]>();
  let left = LOG_ROOM;
  for (const hook of [...hooks.filter((each) => !succeeded(each)), ...hooks.filter(succeeded)]) {
    let first = hook.lines.length;
    while (first > 0 && hook.lines[first - 1].length < left) left -= hook.lines[--first].length + 1;
    shares.set(hook, hook.lines.slice(first));
  }
  return (hook) => shares.get(hook) ?? [];
}

function moment(at: number): Markup {
  const text = new Date(at).toISOString();
  return html`<time datetime="${text}">${text.slice(0, 19).replace('T', ' ')} UTC</time>`;
}

/** Lines as paragraphs; those that are indented, which a container printed, as they are. */
function prose(lines: readonly string[]): Markup[] {
  const printed = (line: string | undefined) => line?.startsWith('  ') === true;
  return lines.flatMap((line, index) => {
    if (!printed(line)) return [html`<p>${line}</p>`];
    if (printed(lines[index - 1])) return [];
    const length = lines.slice(index).findIndex((each) => !printed(each));
    return [html`<pre>${lines.slice(index, length < 0 ? undefined : index + length).map((each) => each.slice(2)).join('\n')}</pre>`];
  });
}

function failureMarkup(title: string, lines: readonly string[]): Markup[] {
  return lines.length === 0 ? [] : [html`<section class="failure"><h2>${title}</h2>${prose(lines)}</section>\n`];
}

function listMarkup(notes: readonly TimelineNote[], from: number): Markup {
  const item = ({ at, text }: TimelineNote) => html`<li><span class="dim">+${duration(at - from)}</span> ${text}</li>`;
  return html`<ul>${capped(notes, MOST_NOTES, item, (count) => html`<li>… ${count} more</li>`)}</ul>`;
}

function statusOf({ end }: TimelineOperation): string {
  return end?.outcome.status ?? 'unfinished';
}

function nameOf({ plan }: TimelineOperation): string {
  return plan ? subject(plan) : 'cdk8s-lifecycle';
}

function operationMarkup(operation: TimelineOperation, room: Room): Markup {
  const { plan, since, until, end, warnings, notes } = operation;
  const status = statusOf(operation);
  const look = status === 'succeeded' ? 'succeeded' : 'failed';
  return html`<article>
<header><h1>${nameOf(operation)}: <span class="status ${look}">${status}</span></h1>
<p>${plan ? html`${headline(plan).slice(subject(plan).length + 2)} · ` : undefined}${moment(since)} · ${duration(end?.milliseconds ?? until - since)}</p></header>
${failureMarkup(status === 'interrupted' ? 'Why it stopped' : 'Why it failed', failureLines(operation))}${warnings.length === 0 ? undefined : html`<section class="warnings"><h2>Warnings</h2>${listMarkup(warnings, since)}</section>\n`}<section><h2>Timeline</h2>
${timelineMarkup(operation, room)}
</section>
${notes.length === 0 ? undefined : html`<details class="notes"><summary>What else was done</summary>${listMarkup(notes, since)}</details>\n`}</article>
`;
}

function refusalMarkup(refusal: LifecycleError): Markup {
  return html`<article>
<header><h1>cdk8s-lifecycle: <span class="status failed">not begun</span></h1></header>
${failureMarkup('Why it was not begun', refusalLines(refusal))}</article>
`;
}

function pageMarkup(operations: readonly TimelineOperation[], refusal: LifecycleError | undefined): Markup {
  const room = logRoom(operations);
  const titles = [...operations.map((each) => `${nameOf(each)}: ${statusOf(each)}`), ...(refusal ? ['not begun'] : [])];
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${titles.join(', ')}</title>
<style>${{ markup: STYLE }}</style>
</head>
<body><main>
${operations.map((each) => operationMarkup(each, room))}${refusal ? refusalMarkup(refusal) : undefined}</main></body>
</html>
`;
}

/** The operations of a stream as one page that needs nothing else: why it failed, and what ran when. */
export class HtmlReport extends TimelineReport {
  protected override render(operations: readonly TimelineOperation[], refusal?: LifecycleError): string {
    return pageMarkup(refusal ? operations.filter(({ plan }) => plan) : operations, refusal).markup;
  }
}
