import { LifecycleEvent, OperationName, checkSavedPlan, performWith } from '../lifecycle';
import { History } from '../release';
import { LifecycleError } from '../vocabulary';
import { Assertion, MismatchError } from './mismatch-error';
import { Moment, describeMoment, isAtCall, isAtEvent, isAtStart } from './moment';
import { mortal } from './mortal';
import { RehearsedPlanner } from './planners';
import { OperationOptions } from './rehearsal-options';
import { RehearsedOperation, RehearsedResult } from './rehearsed-operation';
import { Stage } from './stage';

/** Which operation is rehearsed, and how it is planned. */
export interface RehearsedRequest {
  readonly operation: OperationName;
  readonly planner: RehearsedPlanner;
  readonly options: OperationOptions;
  /** What the test called. */
  readonly below: Assertion;
}

/** A moment that something waits for: it comes once. */
class Awaited {
  isOver = false;
  readonly moment: Moment;
  readonly #effect: () => void;

  constructor(moment: Moment, effect: () => void) {
    this.moment = moment;
    this.#effect = effect;
  }

  /** Looks whether the moment has come. */
  look(is: (moment: Moment) => boolean): void {
    if (this.isOver || !is(this.moment)) return;
    this.isOver = true;
    this.#effect();
  }
}

/** What ended an operation before or after it began. */
interface End {
  readonly result: RehearsedResult;
  readonly error?: LifecycleError;
}

function refusal(error: unknown): End {
  if (!(error instanceof LifecycleError)) throw error;
  return { result: 'refused', error };
}

/**
 * Plays one operation with the engine, up to its end or that of its runner.
 *
 * @throws MismatchError where a script is for a hook that there is not, or a moment never came
 */
export async function rehearse(stage: Stage, { operation, planner, options, below }: RehearsedRequest): Promise<RehearsedOperation> {
  const { plan: looked, killed, interrupted, lockTimeoutSeconds, failFast, ...planOptions } = options;
  const { release, namespace, cluster } = stage;
  stage.script.check(stage.jobs, below);
  if (!planOptions.createNamespace) await stage.makeNamespace();

  const interrupt = new AbortController();
  const runner = mortal(cluster, (call) => look((moment) => isAtCall(moment, call)));
  const kill = killed && new Awaited(killed, () => runner.die());
  const interruption = interrupted && new Awaited(interrupted, () => interrupt.abort());
  const look = (is: (moment: Moment) => boolean) => [kill, interruption].forEach((each) => each?.look(is));
  stage.onStart((job) => look((moment) => isAtStart(moment, job)));

  const events: LifecycleEvent[] = [];
  const listener = (event: LifecycleEvent) => {
    events.push(event);
    look((moment) => isAtEvent(moment, event, (ref) => stage.named(ref)));
  };
  const started = cluster.clock.now().getTime();
  const plan = async (history: History) => {
    const planned = await planner(history, { ...planOptions, release, namespace }, runner.cluster);
    if (looked) checkSavedPlan(looked.saved, planned, history, 'plan.json');
    return planned;
  };
  const work = performWith({ operation, release, namespace, plan }, runner.cluster, listener, { interrupt: interrupt.signal, lockTimeoutSeconds, failFast, host: 'a rehearsal' });
  const end = work.then(({ status, error }): End => ({ result: status, error }), refusal);
  const death = runner.died.then((): End => ({ result: 'killed' }));
  const facts = { operation, release, ...(await Promise.race([end, death])), events, calls: runner.calls() };
  stage.onStart(() => undefined);
  const rehearsed = new RehearsedOperation({ ...facts, milliseconds: cluster.clock.now().getTime() - started }, (ref) => stage.named(ref));
  checkThatItCame('killed', kill, rehearsed, below);
  checkThatItCame('interrupted', interruption, rehearsed, below);
  return rehearsed;
}

/** A runner that nothing befell tests nothing. */
function checkThatItCame(what: string, awaited: Awaited | undefined, rehearsed: RehearsedOperation, below: Assertion): void {
  if (!awaited || awaited.isOver) return;
  const { operation, release, calls, report } = rehearsed;
  const message = `The runner was to be ${what} ${describeMoment(awaited.moment)}, but ${operation} ${release} was over, after ${calls} calls, before that came.`;
  throw new MismatchError(message, ['What it reported:', ...report.map((line) => `  ${line}`)], below);
}
