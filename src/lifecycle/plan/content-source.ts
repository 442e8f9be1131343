import { History, ReleaseContent, ReleaseRecord, revisionOf } from '../../release';
import { Plan } from './plan';
import { PlanOptions } from './plan-options';

/** A revision before it has content: what its manifests may depend on. */
export interface RevisionHead {
  readonly release: string;
  readonly namespace: string;
  readonly revision: number;
  /** Whether it is installed, not upgraded. */
  readonly isInstall: boolean;
  /** The revision that it follows, whose values it may take over; absent where there is none. */
  readonly base?: ReleaseRecord;
}

/** What a revision is to hold, and what its record tells of where that comes from. */
export interface RevisionContent extends Pick<PlanOptions, 'chart' | 'values' | 'notes'> {
  readonly content: ReleaseContent;
}

/** Makes the content of a revision; while it does, the lock of the release is held, and no record of the revision exists yet. */
export type ContentSource = (head: RevisionHead) => Promise<RevisionContent>;

/** A plan of content that is there: an install, an upgrade, or whichever of them fits. */
export type Planner = (history: History, content: ReleaseContent, options: PlanOptions) => Plan;

const NOTHING: ReleaseContent = { definitions: [], hooks: [], resources: [] };

/** Plans an operation whose manifests depend on the revision that it makes. What does not fit the release is refused before the source is asked. */
export async function planFromSource(planner: Planner, history: History, source: ContentSource, options: PlanOptions): Promise<Plan> {
  const { operation, release, namespace, revision, from } = planner(history, NOTHING, options);
  const base = from === undefined ? undefined : revisionOf(history, from);
  const { content, ...origin } = await source({ release, namespace, revision, isInstall: operation === 'install', ...(base ? { base } : {}) });
  return planner(history, content, { ...options, ...origin });
}
