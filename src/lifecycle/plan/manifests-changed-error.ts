import { ReleaseRecord } from '../../release';
import { ManifestChange } from './manifest-changes';
import { RefusedError } from './refused-error';

/** An operation cannot go on with a revision, for its manifests are no longer what they were. */
export class ManifestsChangedError extends RefusedError {
  readonly revision: number;
  readonly changes: readonly ManifestChange[];

  constructor({ name, version }: ReleaseRecord, changes: readonly ManifestChange[], resume: string) {
    super(
      `Revision ${version} of release "${name}" cannot be resumed with other manifests; ${changes.length === 1 ? 'one differs' : `${changes.length} differ`}: ` +
        changes.map(({ name: object }) => object).join(', '),
      `Leave out --resume to begin a new revision with them; or leave out the manifests to go on with those that were recorded: ${resume}`,
    );
    this.revision = version;
    this.changes = changes;
  }
}
