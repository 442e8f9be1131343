import { History, ReleaseContent, ReleaseRecord, Resource, revisionOf } from '../../release';
import { Plan } from './plan';
import { PlanOptions } from './plan-options';

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

/** What a revision is to hold, and what its record tells of where that comes from. */
export interface RevisionContent extends Pick<PlanOptions, 'chart' | 'values' | 'notes'> {
  readonly content: ReleaseContent;
  /** What is not as it will be, for a plan that nobody has taken the lock for. */
  readonly warnings?: readonly string[];
}

/** What may be done while the lock of the release is held and no record of the revision exists yet. */
export interface Held {
  /** Creates the definitions that are missing, and waits until their kinds are served. */
  define(definitions: readonly Resource[]): Promise<void>;
}

/**
 * Makes the content of a revision.
 *
 * @param held absent where nothing may be touched: for a preview, or to see what an operation will need before it takes the lock
 */
export type ContentSource = (head: RevisionHead, held?: Held) => Promise<RevisionContent>;

/** A plan of content that is there: an install, an upgrade, or whichever of them fits. */
export type Planner = (history: History, content: ReleaseContent, options: PlanOptions) => Plan;

const NOTHING: ReleaseContent = { definitions: [], hooks: [], resources: [] };

/** Plans an operation whose manifests depend on the revision that it makes. What does not fit the release is refused before the source is asked. */
export async function planFromSource(planner: Planner, history: History, source: ContentSource, options: PlanOptions, held?: Held): Promise<Plan> {
  const { operation, release, namespace, revision, from } = planner(history, NOTHING, options);
  const base = from === undefined ? undefined : revisionOf(history, from);
  const head = { release, namespace, revision, isInstall: operation === 'install', ...(base ? { base } : {}) };
  const { content, warnings = [], ...origin } = await source(head, held);
  const plan = planner(history, content, { ...options, ...origin });
  return warnings.length === 0 ? plan : { ...plan, warnings: [...(plan.warnings ?? []), ...warnings] };
}
