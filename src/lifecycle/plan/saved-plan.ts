import { BadInputError, Fingerprint, History, fingerprintDifferences, fingerprintOf, recordedContent } from '../../release';
import { toJson } from '../../vocabulary';
import { Plan } from './plan';
import { RefusedError } from './refused-error';
import { PlanSummary, summarize } from './summary';

/** The form of the plan files that this program writes. */
const SCHEMA = 1;

/** A revision as a plan found it. */
interface PlannedRevision {
  readonly revision: number;
  readonly status: string;
  readonly deployedAt?: string;
}

/**
 * A plan that somebody has looked at, to be done exactly so or not at all.
 *
 * It holds no manifest, and so no secret: whoever runs it brings the manifests again.
 */
export interface SavedPlan {
  readonly schema: typeof SCHEMA;
  /** When it was made, in ISO 8601. */
  readonly madeAt: string;
  readonly plan: PlanSummary;
  /** The revisions of the release, oldest first. */
  readonly history: readonly PlannedRevision[];
  readonly content: Fingerprint;
}

function revisionsOf(history: History): PlannedRevision[] {
  return history.map(({ record: { version, info: { status, last_deployed: deployedAt } } }) => ({ revision: version, status, deployedAt }));
}

/** Hooks of all events count: those of a deletion are recorded with the revision, too. */
function fingerprint({ definitions, record }: Plan, salt?: string): Fingerprint {
  const { hooks, resources } = recordedContent(record);
  return fingerprintOf([...definitions, ...hooks, ...resources].map(({ object }) => object), salt);
}

/** A plan as it is kept in a file. */
export function savedPlan(plan: Plan, history: History, madeAt: string): SavedPlan {
  return { schema: SCHEMA, madeAt, plan: summarize(plan), history: revisionsOf(history), content: fingerprint(plan) };
}

/** What a plan does, without how long it waits and how much at once it does: that may be chosen when it is done. */
function deeds(plan: PlanSummary): Readonly<Record<string, string>> {
  const { settings: { timeoutSeconds: _seconds, wait: _wait, waitForJobs: _jobs, parallelism: _atOnce, ...settings }, warnings: _, ...rest } = plan;
  const known = Object.entries({ ...rest, ...settings }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known.map(([key, value]) => [key, toJson(value)]));
}

/** Parts of a plan that users know by other names. */
const CALLED: Readonly<Record<string, string>> = {
  before: 'the hooks before',
  after: 'the hooks after',
  afterFailure: 'the hooks if it fails',
  apply: 'what is applied',
  remove: 'what is deleted',
  definitions: 'the definitions',
  idle: 'the hooks of other events',
  hooks: 'whether hooks run',
  onFailure: 'what follows a failure',
};

/** What is otherwise than when the plan was made; nothing where all is as it was. */
function movedSince(saved: SavedPlan, plan: Plan, history: History): string[] {
  const [then, now] = [saved.history, revisionsOf(history)];
  if (toJson(then) !== toJson(now)) {
    const tell = (revisions: readonly PlannedRevision[]) => (revisions.length === 0 ? 'there was none' : `revision ${revisions.at(-1)!.revision} was ${revisions.at(-1)!.status}`);
    return [`the release has changed: when the plan was made, ${tell(then)}; now ${tell(now).replace('was', 'is')}`];
  }
  const [planned, current] = [deeds(saved.plan), deeds(summarize(plan))];
  const keys = [...new Set([...Object.keys(planned), ...Object.keys(current)])];
  const other = keys.filter((key) => planned[key] !== current[key]).map((key) => `${CALLED[key] ?? key}: ${planned[key] ?? 'nothing'} was planned, ${current[key] ?? 'nothing'} would happen`);
  return [...fingerprintDifferences(saved.content, fingerprint(plan, saved.content.salt)), ...other];
}

/** Differences that an error names. */
const TOLD = 10;

/**
 * Holds a plan against one that was looked at.
 *
 * @param file the file that holds the saved one, for the error
 * @throws RefusedError if it would do anything else
 */
export function checkSavedPlan(saved: SavedPlan, plan: Plan, history: History, file: string): void {
  const moved = movedSince(saved, plan, history);
  if (moved.length === 0) return;
  const more = moved.length > TOLD ? [`and ${moved.length - TOLD} more`] : [];
  const what = [...moved.slice(0, TOLD), ...more].map((line) => `\n  ${line}`).join('');
  throw new RefusedError(`This is not what ${file} plans, made at ${saved.madeAt}; nothing was done:${what}`, 'Make a new plan with plan --out, look at it, and run that.');
}

/** Reads a plan that was kept in a file. */
export function readSavedPlan(text: string, file: string): SavedPlan {
  const remedy = `Write it with: cdk8s-lifecycle plan … --out ${file}`;
  const refuse = (message: string) => new BadInputError([{ object: file, message, remedy }]);
  let value: Partial<SavedPlan> | null;
  try {
    value = JSON.parse(text) as Partial<SavedPlan> | null;
  } catch {
    throw refuse('this is no plan that was saved: it is not JSON');
  }
  if (typeof value !== 'object' || value === null || typeof value.schema !== 'number') throw refuse('this is no plan that was saved');
  if (value.schema !== SCHEMA) throw refuse(`this plan was saved by another version of cdk8s-lifecycle (form ${value.schema as number}, this one knows ${SCHEMA})`);
  if (!value.plan || !Array.isArray(value.history) || typeof value.content?.salt !== 'string') throw refuse('this plan is not complete');
  return value as SavedPlan;
}
