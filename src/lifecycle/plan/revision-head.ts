import { History, ReleaseRecord, revisionOf } from '../../release';
import { Plan } from './plan';

/** A revision before it has content: what its manifests may depend on. */
export interface RevisionHead {
  readonly release: string;
  readonly namespace: string;
  readonly revision: number;
  /** Whether it is installed, not upgraded. */
  readonly isInstall: boolean;
  /** Whether it is there already, and failed: it can only go on with the manifests that it has. */
  readonly resumes?: true;
  /** The revision that it follows, whose values it may take over; absent where there is none. */
  readonly base?: ReleaseRecord;
}

/** What is known of the revision of a plan before its content is there. */
export function headOf({ operation, release, namespace, revision, from }: Plan, history: History): RevisionHead {
  const base = from === undefined ? undefined : revisionOf(history, from);
  return { release, namespace, revision, isInstall: operation === 'install', ...(base ? { base } : {}) };
}
