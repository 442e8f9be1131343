import { Verdict, describeVerdict } from '../lifecycle';
import { LifecycleError, describeRef } from '../vocabulary';
import { escaped } from './escaped';
import { failureLines, hookFailureLines, refusalLines } from './failure-lines';
import { subject } from './plan-text';
import { TimelineHook, TimelineOperation } from './timeline';
import { TimelineReport } from './timeline-report';

/** How a test case ended. */
type Result = 'passed' | 'failure' | 'error' | 'skipped';

interface Case {
  readonly suite: string;
  readonly name: string;
  /** When it began; absent where it never did. */
  readonly since?: number;
  readonly milliseconds: number;
  readonly result: Result;
  /** Why it has not passed: in a word, in a line, and as a whole. */
  readonly why?: { readonly type: string; readonly message: string; readonly lines: readonly string[] };
  readonly printed: readonly string[];
}

function seconds(milliseconds: number): string {
  return (Math.max(0, milliseconds) / 1000).toFixed(3);
}

function attribute(name: string, text: string | number): string {
  return ` ${name}="${escaped(String(text)).replace(/\n/g, '&#10;').replace(/\t/g, '&#9;')}"`;
}

function ended(operation: TimelineOperation, hook: TimelineHook, { verdict, milliseconds }: { readonly verdict: Verdict; readonly milliseconds: number }): Pick<Case, 'milliseconds' | 'result' | 'why'> {
  if (verdict.kind === 'succeeded') return { milliseconds, result: 'passed' };
  const why = { type: verdict.kind, message: describeVerdict(verdict), lines: hookFailureLines(operation, hook) };
  return { milliseconds, result: verdict.kind === 'interrupted' ? 'error' : 'failure', why };
}

function hookCase(operation: TimelineOperation, hook: TimelineHook): Case {
  const { event: suite, lines, dropped, since, end, skipped } = hook;
  const printed = dropped > 0 ? [`(${dropped} earlier lines are left out)`, ...lines] : lines;
  const about = { suite, name: describeRef(hook.hook), since, printed };
  if (end) return { ...about, ...ended(operation, hook, end) };
  if (skipped !== undefined) return { ...about, milliseconds: 0, result: 'skipped', why: { type: 'skipped', message: `skipped: ${skipped}`, lines: [] } };
  if (since === undefined) return { ...about, milliseconds: 0, result: 'skipped', why: { type: 'not-run', message: 'not run: the operation ended before it', lines: [] } };
  return { ...about, milliseconds: operation.until - since, result: 'error', why: { type: 'unfinished', message: 'not seen to end', lines: hookFailureLines(operation, hook) } };
}

/** The operation itself as a case: where it failed of something that is no hook, and where it has none, for a report without a case says nothing. */
function operationCases(operation: TimelineOperation): Case[] {
  const { plan, since, until, before, after, end } = operation;
  const error = end?.outcome.error;
  const suite = plan?.event ?? plan?.operation ?? 'operation';
  const about = { suite, name: plan ? subject(plan) : 'before the operation', milliseconds: end?.milliseconds ?? until - since, printed: [] };
  const lines = failureLines(operation);
  if (!end) return [{ ...about, result: 'error', why: { type: 'unfinished', message: lines[0], lines } }];
  if (error) return [{ ...about, result: end.outcome.status === 'interrupted' ? 'error' : 'failure', why: { type: error.code, message: error.message, lines } }];
  return before.length + after.length > 0 ? [] : [{ ...about, result: 'passed' }];
}

function casesOf(operation: TimelineOperation): Case[] {
  const hooks = [...operation.before, ...operation.after].map((hook) => hookCase(operation, hook));
  const isTold = hooks.some(({ result }) => result === 'failure' || result === 'error');
  return isTold ? hooks : [...hooks, ...operationCases(operation)];
}

function caseXml({ suite, name, milliseconds, result, why, printed }: Case): string[] {
  const head = `    <testcase${attribute('classname', suite)}${attribute('name', name)}${attribute('time', seconds(milliseconds))}`;
  const text = why?.lines.map(escaped).join('\n') ?? '';
  const results = why ? [`      <${result}${attribute('message', why.message)}${result === 'skipped' ? '' : attribute('type', why.type)}${text === '' ? '/>' : `>${text}</${result}>`}`] : [];
  const output = printed.length === 0 ? [] : [`      <system-out>${printed.map(escaped).join('\n')}</system-out>`];
  const inside = [...results, ...output];
  return inside.length === 0 ? [`${head}/>`] : [`${head}>`, ...inside, '    </testcase>'];
}

function counts(cases: readonly Case[]): string {
  const count = (result: Result) => cases.filter((each) => each.result === result).length;
  return [['tests', cases.length] as const, ['failures', count('failure')] as const, ['errors', count('error')] as const, ['skipped', count('skipped')] as const]
    .map(([name, value]) => attribute(name, value)).join('');
}

function suiteXml(name: string, cases: readonly Case[], { plan, since: begun }: Partial<TimelineOperation>): string[] {
  const since = cases.find((each) => each.since !== undefined)?.since ?? begun;
  const time = seconds(cases.reduce((sum, { milliseconds }) => sum + milliseconds, 0));
  const { operation, release, namespace, revision } = plan ?? {};
  const properties = Object.entries({ operation, release, namespace, revision }).flatMap(([property, value]) => (value === undefined ? [] : [
    `      <property${attribute('name', property)}${attribute('value', value)}/>`,
  ]));
  return [
    `  <testsuite${attribute('name', name)}${counts(cases)}${attribute('time', time)}${since === undefined ? '' : attribute('timestamp', new Date(since).toISOString())}>`,
    ...(properties.length === 0 ? [] : ['    <properties>', ...properties, '    </properties>']),
    ...cases.flatMap(caseXml),
    '  </testsuite>',
  ];
}

/** The suites of an operation: one for each of its events, in the order in which they come. */
function suitesXml(operation: TimelineOperation): string[] {
  const cases = casesOf(operation);
  const names = [...new Set(cases.map(({ suite }) => suite))];
  return names.flatMap((name) => suiteXml(name, cases.filter(({ suite }) => suite === name), operation));
}

function refusalCase(refusal: LifecycleError): Case {
  const why = { type: refusal.code, message: refusal.message, lines: refusalLines(refusal) };
  return { suite: 'operation', name: 'before the operation', milliseconds: 0, result: 'error', why, printed: [] };
}

/** The operations of a stream as JUnit XML, as CI systems show it: a suite is an event, a case is a hook. */
export class JunitReport extends TimelineReport {
  protected override render(every: readonly TimelineOperation[], refusal?: LifecycleError): string {
    const planned = every.filter(({ plan }) => plan !== undefined);
    const operations = planned.length > 0 ? planned : refusal ? [] : every;
    const refused = refusal ? [refusalCase(refusal)] : [];
    const all = [...operations.flatMap(casesOf), ...refused];
    const name = planned.length > 0 ? planned.map(({ plan }) => subject(plan!)).join(', ') : 'cdk8s-lifecycle';
    const time = seconds(operations.reduce((sum, { since, until }) => sum + until - since, 0));
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<testsuites${attribute('name', name)}${counts(all)}${attribute('time', time)}>`,
      ...operations.flatMap(suitesXml),
      ...(refused.length > 0 ? suiteXml('operation', refused, every.at(-1) ?? {}) : []),
      '</testsuites>',
      '',
    ].join('\n');
  }
}
