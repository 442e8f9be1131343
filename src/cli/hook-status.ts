import { Journal, RecordedHook } from '../release';
import { ObjectRef } from '../vocabulary';
import { table } from './output';

/** A hook of a revision, and how its last run went. */
export interface HookStatus {
  /** `Kind/name` */
  readonly hook: string;
  readonly events: RecordedHook['events'];
  readonly weight: number;
  readonly phase: string;
  readonly started: string;
  readonly completed: string;
  /** How often it was tried, where it was more than once. */
  readonly attempts?: number;
}

/** What a record says of a hook, and the journal of its last attempt, or of why it did not run. */
export function hookStatus({ kind, name, events, weight = 0, last_run: run }: RecordedHook, journal?: Journal): HookStatus {
  const isIt = ({ hook }: { readonly hook: ObjectRef }) => hook.kind === kind && hook.name === name;
  const idle = journal?.passed?.some(isIt) ? 'Skipped: nothing had changed' : 'never ran';
  const status = { hook: `${kind}/${name}`, events, weight, phase: run?.phase || idle, started: run?.started_at ?? '', completed: run?.completed_at ?? '' };
  const attempts = journal?.hooks.filter(isIt).at(-1)?.attempt;
  return { ...status, ...(attempts === undefined ? {} : { attempts }) };
}

/** Hooks in columns; nothing where there are none. */
export function hookTable(hooks: readonly HookStatus[]): string[] {
  const rows = hooks.map(({ hook, events, weight, phase, completed, attempts }) => {
    const how = attempts === undefined ? phase : `${phase} (attempt ${attempts})`;
    return [hook, events.join(','), String(weight), how, completed];
  });
  return rows.length === 0 ? [] : table([['HOOK', 'EVENTS', 'WEIGHT', 'LAST RUN', 'COMPLETED'], ...rows]);
}
