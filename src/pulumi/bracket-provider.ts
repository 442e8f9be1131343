import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { AroundEvent, EventRequest, Outcome, performEventWith, planEvent } from '../lifecycle';
import { ReleaseClaim } from '../release';
import { LifecycleError } from '../vocabulary';
import { BracketError, PartialBracketError } from './bracket-error';
import { BracketPreview } from './bracket-preview';
import { BracketInputs, BracketState, RanHook, STATE_SCHEMA } from './bracket-state';
import { changeOf, closingEvent, historyAfter, isReturn, openingEvent } from './decision';
import { hooksOf } from './hooks-of';
import { RowReporter } from './row-reporter';
import { Surroundings } from './surroundings';

/** A run of a bracket's hooks. */
interface Run {
  readonly inputs: BracketInputs;
  /** Who runs them: the two brackets, and the change. */
  readonly by: Pick<EventRequest, 'opening' | 'closing' | 'run'>;
  /** The event, by what the cluster knows of the release. */
  readonly event: (claim: ReleaseClaim | undefined) => AroundEvent;
  /** What the run is about for others who find the release held. */
  readonly ends?: boolean;
  readonly hooks?: EventRequest['hooks'];
  readonly left?: EventRequest['hooks'];
}

/** How it ended. */
interface Ran {
  readonly event: AroundEvent;
  readonly ran: readonly RanHook[];
  readonly revision: number;
  /** Why it did not succeed. */
  readonly error?: LifecycleError;
}

/** How long a release that another operation holds is waited for, in seconds: two stacks may change it one after the other. */
const LOCK_TIMEOUT = 60;

const NOT_CREATED = 'Nothing of the release was created. The next pulumi up runs these hooks again; pulumi destroy removes what they have left.';
const NOT_CHANGED = 'Nothing of the release was changed. The next pulumi up runs these hooks again';

/** What a run adds to the state of its bracket. */
function kept({ event, revision, ran }: Ran): Pick<BracketState, 'event' | 'revision' | 'ran'> {
  return { event, revision, ran };
}

function checkSchema({ schemaVersion, self }: BracketState): void {
  if (schemaVersion <= STATE_SCHEMA) return;
  const remedy = 'Install at least that version in the folder of the program.';
  const message = `The state of ${self} was written by a newer cdk8s-lifecycle (schema ${schemaVersion}, this one knows ${STATE_SCHEMA})`;
  throw new BracketError(new LifecycleError('refused', message, { remedy }), 'No hook has run.');
}

/** The operations of the two brackets, whoever asks for them: Pulumi's dynamic provider, or a provider of our own. */
export class BracketProvider {
  readonly #surroundings: Surroundings;
  readonly #preview: BracketPreview;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.#preview = new BracketPreview(surroundings);
  }

  /** Inputs as they are kept: whether this is a preview is not. */
  async check(olds: Partial<BracketInputs>, { dryRun = false, ...news }: BracketInputs): Promise<BracketInputs> {
    if (dryRun) await this.#preview.begin(olds, news);
    else this.#preview.end(news);
    return news;
  }

  /** Whether hooks have to run, or inputs to be kept. A release of another name or namespace is another release. */
  async diff(olds: BracketState, news: BracketInputs): Promise<{ readonly changes: boolean; readonly replaces: string[] }> {
    const replaces = (['release', 'namespace'] as const).filter((key) => olds[key] !== news[key]);
    if (replaces.length === 0) await this.#preview.update(olds, news);
    return { changes: replaces.length > 0 || changeOf(olds, news) !== 'none', replaces: [...replaces] };
  }

  /** Runs the hooks before the installation, or after it. */
  async create(inputs: BracketInputs): Promise<{ readonly id: string; readonly outs: BracketState }> {
    const id = randomUUID();
    const state = this.#begin(inputs);
    if (inputs.side === 'opening') {
      const ran = await this.#run({ inputs, by: { opening: id, closing: '', run: state.runId }, event: (claim) => openingEvent(claim, false) });
      const outs = { ...state, ...kept(ran) };
      if (!ran.error) return { id, outs };
      throw new PartialBracketError(ran.error, ran.event === 'pre-install' ? NOT_CREATED : `${NOT_CHANGED}.`, { id, properties: { ...outs, pending: ran.event } });
    }
    return { id, outs: await this.#close(id, state) };
  }

  /** Runs the hooks before a change, or after it; or only keeps the new inputs. */
  async update(id: string, olds: BracketState, news: BracketInputs): Promise<{ readonly outs: BracketState }> {
    checkSchema(olds);
    if (changeOf(olds, news) === 'keep') {
      const { runId, event, revision, history, ran } = olds;
      return { outs: { ...news, schemaVersion: STATE_SCHEMA, runId, event, revision, history, ran } };
    }
    const state = this.#begin(news, olds);
    if (news.side === 'closing') return { outs: await this.#close(id, state, olds) };
    const goesBack = isReturn(olds, news);
    const ran = await this.#run({
      inputs: news,
      by: { opening: id, closing: '', run: state.runId },
      event: (claim) => openingEvent(claim, goesBack),
      left: hooksOf(olds.hooks, news.namespace),
    });
    if (!ran.error) return { outs: { ...state, ...kept(ran), history: ran.event === 'pre-install' ? [] : state.history } };
    throw new BracketError(ran.error, olds.pending ? `${NOT_CHANGED}.` : `${NOT_CHANGED}; if the change is taken back, there is nothing to do.`);
  }

  /** Runs the hooks before the deletion, or after it. */
  async delete(id: string, state: BracketState): Promise<void> {
    checkSchema(state);
    const opens = state.side === 'opening';
    const { error } = await this.#run({
      inputs: state,
      by: opens ? { opening: id, closing: '', run: state.runId } : { opening: state.opening!, closing: id, run: state.openRun! },
      event: () => (opens ? 'post-delete' : 'pre-delete'),
      ends: true,
      // What was never installed is not deleted either; but what its hooks have left goes.
      ...(opens && state.pending === 'pre-install' ? { hooks: [] } : {}),
    });
    if (!error) return;
    const giveUp = `To do without these hooks for good: pulumi state delete '${state.self}'`;
    throw new BracketError(
      error,
      opens
        ? `The resources of the release are gone. The next pulumi destroy runs the post-delete hooks again. ${giveUp}`
        : `Nothing of the release was deleted. The next pulumi destroy runs these hooks again. ${giveUp}`,
    );
  }

  /** The closing keeps what has failed, too: a deletion must find it, or its hooks would be left out. */
  async #close(id: string, state: BracketState, olds?: BracketState): Promise<BracketState> {
    const event = closingEvent(state.openEvent);
    const aftermath = `The resources of the release are in place. The next pulumi up runs only the ${event} hooks again.`;
    const partial = (error: LifecycleError, outs: BracketState) =>
      new PartialBracketError(error, aftermath, { id, properties: { ...outs, pending: event } });
    let ran: Ran;
    try {
      ran = await this.#run({
        inputs: state,
        by: { opening: state.opening!, closing: id, run: state.openRun! },
        event: () => event,
        left: olds && hooksOf(olds.hooks, state.namespace),
      });
    } catch (error) {
      if (!(error instanceof BracketError) || !(error.cause instanceof LifecycleError)) throw error;
      throw partial(error.cause, { ...state, event });
    }
    const outs = { ...state, ...kept(ran) };
    if (ran.error) throw partial(ran.error, outs);
    return outs;
  }

  #begin(inputs: BracketInputs, olds?: BracketState): BracketState {
    const event = inputs.side === 'opening' ? 'pre-install' : closingEvent(inputs.openEvent);
    return { ...inputs, schemaVersion: STATE_SCHEMA, runId: randomUUID(), event, revision: 0, history: historyAfter(olds, inputs.digest), ran: [] };
  }

  /**
   * Runs the hooks of an event.
   *
   * @throws BracketError where it could not begin
   */
  async #run({ inputs, by, event: eventOf, ends = false, hooks: only, left }: Run): Promise<Ran> {
    const { release, namespace, holder, settings, resources, secretValues } = inputs;
    const row = this.#surroundings.row(inputs.self);
    const reporter = new RowReporter(row);
    let event: AroundEvent = eventOf(undefined);
    try {
      const hooks = only ?? hooksOf(inputs.hooks, namespace);
      const { cluster, close } = this.#surroundings.connect(inputs.connection);
      try {
        const outcome: Outcome = await performEventWith({
          operation: ends ? 'uninstall' : 'upgrade',
          release,
          namespace,
          resources,
          hooks,
          secretValues,
          createNamespace: settings.createNamespace && !ends,
          takeOwnership: settings.takeOwnership,
          plan: (claim, successes) => {
            event = eventOf(claim);
            const chosen = { timeoutSeconds: settings.timeoutSeconds, takeOwnership: settings.takeOwnership };
            return planEvent(claim, { release, namespace, event, hooks, left, successes, holder, ...by, settings: chosen });
          },
        }, cluster, reporter.report, { lockTimeoutSeconds: LOCK_TIMEOUT, host: hostname() });
        return { event, ran: reporter.ran, revision: outcome.revision, error: outcome.status === 'succeeded' ? undefined : outcome.error };
      } finally {
        close();
      }
    } catch (error) {
      if (!(error instanceof LifecycleError)) throw error;
      throw new BracketError(error, 'No hook has run.');
    } finally {
      await row.flush();
    }
  }
}
