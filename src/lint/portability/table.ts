import { HOOK, HOOK_WEIGHT } from '../../vocabulary';
import { describeSubject } from '../finding';
import { HookSubject, LintDocument, isHook, subjectOf } from '../subject';
import { ARGOCD } from './argocd';
import { Engine } from './engine';
import { FLUX } from './flux';
import { HELM3, HELM4 } from './helm';

/** The engines by the names that people call them by. */
export const ENGINES = { helm3: HELM3, helm4: HELM4, argocd: ARGOCD, flux: FLUX } satisfies Readonly<Record<string, Engine>>;

/** One of the engines. */
export type EngineName = keyof typeof ENGINES;

/** One hook, as an engine treats it. */
export interface PortabilityRow {
  readonly hook: string;
  /** As it is written. */
  readonly events: string;
  /** As it is written; absent where it is not. */
  readonly weight?: string;
  readonly does: readonly string[];
  readonly loses: readonly string[];
}

/** All hooks, as an engine treats them. */
export interface PortabilityReport {
  readonly engine: string;
  readonly notes: readonly string[];
  readonly hooks: readonly PortabilityRow[];
}

function row(engine: Engine, hook: HookSubject, others: readonly HookSubject[]): PortabilityRow {
  const { [HOOK]: events, [HOOK_WEIGHT]: weight } = hook.annotations;
  return { hook: describeSubject(hook), events, weight, ...engine.judge(hook, others) };
}

/** What an engine does with every hook of a release, and what it loses. */
export function portability(documents: readonly LintDocument[], name: EngineName): PortabilityReport {
  const engine = ENGINES[name];
  const hooks = documents.flatMap((document) => subjectOf(document) ?? []).filter(isHook);
  return { engine: engine.title, notes: engine.notes, hooks: hooks.map((hook) => row(engine, hook, hooks)) };
}

/** A cell of a Markdown table: what would end the cell, or begin something else, is escaped. */
function cell(text: string): string {
  return text.replace(/[\\|<>*_[\]]/g, '\\$&').replace(/\s+/g, ' ');
}

function sentence(parts: readonly string[]): string {
  return parts.length === 0 ? 'nothing' : parts.map(cell).join('; ');
}

/** The report as Markdown, to be pasted into a review. */
export function portabilityMarkdown({ engine, notes, hooks }: PortabilityReport): string {
  if (hooks.length === 0) return `## Hooks under ${engine}\n\nThe manifests hold no hooks.`;
  const rows = hooks.map(({ hook, events, weight, does, loses }) => `| ${[hook, events, weight ?? ''].map(cell).join(' | ')} | ${sentence(does)} | ${sentence(loses)} |`);
  return [
    `## Hooks under ${engine}`, '',
    `| hook | events | weight | what ${engine} does | what is lost |`, '|---|---|---|---|---|', ...rows, '',
    ...notes.map((note) => `- ${note}`),
  ].join('\n');
}
