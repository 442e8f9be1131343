import { History, Hook, ReleaseRecord, recordedHooks } from '../../release';
import { IRREVERSIBLE, RESTORES, describeRef } from '../../vocabulary';
import { PlanSettings } from './plan-settings';
import { hasBegun, isFromSource } from './recorded-run';
import { RefusedError } from './refused-error';

/** What a rollback calls itself in its record, Helm's too (pkg/action/rollback.go): the only thing that tells where it went. */
const ROLLBACK = /^Rollback to (\d+)$/;

/** The revision that another one came after; of a rollback the one that it went back to. */
function before(history: History, { version, info: { description = '' } }: ReleaseRecord): ReleaseRecord | undefined {
  const target = Number(ROLLBACK.exec(description)?.[1] ?? Infinity);
  return history.map(({ record }) => record).filter((other) => other.version < version && other.version <= target).at(-1);
}

/** The revisions that a revision stands on, itself the first: a rollback leaves out what it went back over. */
function lineage(history: History, record: ReleaseRecord | undefined): ReleaseRecord[] {
  return record === undefined ? [] : [record, ...lineage(history, before(history, record))];
}

function isIrreversible({ object }: Hook): boolean {
  const value = object.metadata.annotations?.[IRREVERSIBLE];
  return value !== undefined && value !== 'false';
}

/** The hooks whose dumps a rollback puts back: those of the revision that is left alone run then. */
function restored(last: ReleaseRecord, settings: Pick<PlanSettings, 'hooks'>): readonly string[] {
  if (!settings.hooks) return [];
  return recordedHooks(last).filter(isFromSource).flatMap(({ object }) => object.metadata.annotations?.[RESTORES] ?? []);
}

/**
 * Refuses a rollback over what cannot be taken back, unless a hook puts the dump back that was taken before it.
 *
 * @throws RefusedError with the hooks that are irreversible
 */
export function checkReversible(history: History, last: ReleaseRecord, target: ReleaseRecord, settings: Pick<PlanSettings, 'hooks'>): void {
  if (last.info.status === 'uninstalled') return;
  const kept = new Set(lineage(history, target).map(({ version }) => version));
  const brought = restored(last, settings);
  const lost = lineage(history, last).filter(({ version }) => !kept.has(version)).flatMap((record) =>
    recordedHooks(record)
      .filter((hook) => isIrreversible(hook) && hasBegun(record, hook))
      .map(({ ref }) => describeRef(ref))
      .filter((name) => record !== last || !brought.includes(name))
      .map((name) => `${name} of revision ${record.version}`));
  if (lost.length === 0) return;
  throw new RefusedError(
    `A rollback to revision ${target.version} does not take back what ${lost.join(', ')} did: it is irreversible (${IRREVERSIBLE})`,
    'Mend it by another upgrade, or restore a dump yourself; to roll back all the same, pass --accept-data-loss.',
  );
}
