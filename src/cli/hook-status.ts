import { RecordedHook } from '../release';
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
}

/** What a record says of a hook. */
export function hookStatus({ kind, name, events, weight = 0, last_run: run }: RecordedHook): HookStatus {
  return { hook: `${kind}/${name}`, events, weight, phase: run?.phase || 'never ran', started: run?.started_at ?? '', completed: run?.completed_at ?? '' };
}

/** Hooks in columns; nothing where there are none. */
export function hookTable(hooks: readonly HookStatus[]): string[] {
  const rows = hooks.map(({ hook, events, weight, phase, completed }) => [hook, events.join(','), String(weight), phase, completed]);
  return rows.length === 0 ? [] : table([['HOOK', 'EVENTS', 'WEIGHT', 'LAST RUN', 'COMPLETED'], ...rows]);
}
