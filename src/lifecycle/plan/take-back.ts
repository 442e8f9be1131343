import { Hook, ReleaseRecord, recordedHooks } from '../../release';
import { DOWN, RESTORES, describeRef } from '../../vocabulary';
import { hasBegun, isFromSource, ranIn, recordedRunOf } from './recorded-run';

/** What the revision that a rollback leaves has to say about it. */
export interface TakeBack {
  /** Its hooks that may run: all but those that take back what was not done. */
  readonly hooks: readonly Hook[];
  /** What is not taken back though somebody may count on it. */
  readonly warnings: readonly string[];
}

/**
 * The hooks of the revision that a rollback leaves.
 *
 * A hook that takes another back, which names it (`cdk8s-lifecycle/down`), runs only where that one succeeded in this very revision: otherwise it would take
 * back what an earlier revision has done. Of a revision that Helm recorded it is missing, because Helm drops what names an event of ours.
 *
 * A hook that puts back the dump from before another (`cdk8s-lifecycle/restores`) runs only where that one has begun in this very revision: otherwise what was
 * written since would be lost for nothing, or no dump would be there.
 */
export function takeBack(record: ReleaseRecord): TakeBack {
  if (record.info.status === 'uninstalled') return { hooks: [], warnings: [] }; // nothing is left to be taken back
  const hooks = recordedHooks(record);
  const idle = new Set<string>();
  const warnings: string[] = [];
  for (const up of hooks) {
    const down = up.object.metadata.annotations?.[DOWN];
    const run = recordedRunOf(record, up);
    if (down === undefined || run === undefined) continue;
    const isThere = hooks.some((hook) => describeRef(hook.ref) === down && isFromSource(hook));
    const { phase } = run.last_run;
    if (!ranIn(record, run)) {
      idle.add(down);
    } else if (phase !== 'Succeeded') {
      idle.add(down);
      warnings.push(`${describeRef(up.ref)} of revision ${record.version} did not succeed, so ${down}, which takes it back, does not run: look at what it has left behind`);
    } else if (!isThere) {
      warnings.push(`${describeRef(up.ref)} of revision ${record.version} is not taken back: Helm recorded that revision, and dropped ${down}`);
    }
  }
  const untouched = new Set(hooks.filter((hook) => !hasBegun(record, hook)).map(({ ref }) => describeRef(ref)));
  const runs = ({ ref, object }: Hook) => !idle.has(describeRef(ref)) && !untouched.has(object.metadata.annotations?.[RESTORES] ?? '');
  return { hooks: hooks.filter(runs), warnings };
}
