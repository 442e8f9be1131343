import { History, ReleaseContent, Resource } from '../../release';
import { Plan } from './plan';
import { PlanOptions } from './plan-options';
import { RevisionHead, headOf } from './revision-head';

/** What a revision is to hold, and what its record tells of where that comes from. */
export interface RevisionContent extends Pick<PlanOptions, 'chart' | 'values' | 'notes' | 'successes'> {
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

/** A plan that tells what its source has to say, too. */
export function withWarnings(plan: Plan, warnings: readonly string[] = []): Plan {
  return warnings.length === 0 ? plan : { ...plan, warnings: [...(plan.warnings ?? []), ...warnings] };
}

/** Plans an operation whose manifests depend on the revision that it makes. What does not fit the release is refused before the source is asked. */
export async function planFromSource(planner: Planner, history: History, source: ContentSource, options: PlanOptions, held?: Held): Promise<Plan> {
  const head = headOf(planner(history, NOTHING, options), history);
  const { content, warnings, ...origin } = await source(head, held);
  return withWarnings(planner(history, content, { ...options, ...origin }), warnings);
}
