import { Hook, RecordedHook, ReleaseRecord } from '../../release';
import { SOURCE_EVENTS } from '../../vocabulary';

/** What a record says of a hook, which Helm knows by its kind and its name alone. */
export function recordedRunOf({ hooks }: ReleaseRecord, { ref }: Hook): RecordedHook | undefined {
  return hooks.find(({ kind, name }) => kind === ref.kind && name === ref.name);
}

/** Whether a hook ran in the revision itself: a rollback copies the runs of the revision that it goes back to. */
export function ranIn({ info }: ReleaseRecord, { last_run: { started_at: started = '' } }: RecordedHook): boolean {
  return Date.parse(started) >= Date.parse(info.last_deployed ?? '');
}

/** Whether a rollback runs a hook of the revision that it leaves. */
export function isFromSource({ events }: Hook): boolean {
  return SOURCE_EVENTS.some((event) => events.includes(event));
}

/** Whether a hook has begun in a revision: also one that failed may have changed what cannot be taken back. */
export function hasBegun(record: ReleaseRecord, hook: Hook): boolean {
  const run = recordedRunOf(record, hook);
  return run !== undefined && run.last_run.started_at !== undefined && run.last_run.phase !== '' && ranIn(record, run);
}
