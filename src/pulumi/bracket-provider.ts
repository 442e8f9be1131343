import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { AroundEvent, EventRequest, Outcome, findClaim, performEventWith, planEvent } from '../lifecycle';
import { ReleaseClaim } from '../release';
import { LifecycleError } from '../vocabulary';
import { BracketError, PartialBracketError } from './bracket-error';
import { BracketConnection, BracketInputs, BracketState, RanHook, STATE_SCHEMA } from './bracket-state';
import { ConnectedCluster } from './connect';
import { changeOf, closingEvent, historyAfter, isReturn, openingEvent } from './decision';
import { hooksOf } from './hooks-of';
import { isKnown, previewLine } from './preview';
import { Row } from './row';
import { RowReporter } from './row-reporter';

/** What the brackets work with. */
export interface Surroundings {
  /** Opens the cluster of a release. */
  readonly connect: (connection: BracketConnection) => ConnectedCluster;
  /** The row of a resource. */
  readonly row: (urn: string) => Row;
}

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

/** How long a preview waits for the cluster, in milliseconds: it does without. */
const PREVIEW_PATIENCE = 3_000;

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
  /** URNs of brackets that are only previewed. */
  readonly #previewed = new Set<string>();

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** Inputs as they are kept: whether this is a preview is not. */
  check(olds: Partial<BracketInputs>, { dryRun = false, ...news }: BracketInputs): BracketInputs {
    if (!dryRun) return news;
    this.#previewed.add(news.self);
    if (olds.side === undefined) this.#preview(news, news.side === 'opening' ? 'pre-install' : 'post-install', true);
    return news;
  }

  /** Whether hooks have to run, or inputs to be kept. A release of another name or namespace is another release. */
  async diff(olds: BracketState, news: BracketInputs): Promise<{ readonly changes: boolean; readonly replaces: string[] }> {
    const replaces = (['release', 'namespace'] as const).filter((key) => olds[key] !== news[key]);
    const change = changeOf(olds, news);
    if (this.#previewed.has(news.self) && replaces.length === 0 && change === 'run') await this.#previewUpdate(olds, news);
    return { changes: replaces.length > 0 || change !== 'none', replaces: [...replaces] };
  }

  /** Runs the hooks before the installation, or after it. */
  async create(inputs: BracketInputs): Promise<{ readonly id: string; readonly outs: BracketState }> {
    const id = randomUUID();
    const state = this.#begin(inputs);
    if (inputs.side === 'opening') {
      const ran = await this.#run({ inputs, by: { opening: id, closing: '', run: state.runId }, event: (claim) => openingEvent(claim, false) });
      const outs = { ...state, ...kept(ran) };
      if (!ran.error) return { id, outs };
      const aftermath = 'Nothing of the release was created. The next pulumi up runs these hooks again; pulumi destroy removes what they have left.';
      throw new PartialBracketError(ran.error, aftermath, { id, properties: { ...outs, pending: ran.event } });
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
    const unchanged = 'Nothing of the release was changed. The next pulumi up runs these hooks again; if the change is taken back, there is nothing to do.';
    throw new BracketError(ran.error, unchanged);
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
          plan: (claim) => {
            event = eventOf(claim);
            const { timeoutSeconds, takeOwnership } = settings;
            return planEvent(claim, { release, namespace, event, hooks, left, holder, ...by, settings: { timeoutSeconds, takeOwnership } });
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

  #preview(inputs: BracketInputs, event: AroundEvent, certain: boolean): void {
    this.#surroundings.row(inputs.self).info(previewLine(event, inputs, certain));
  }

  /** Whether the release was installed to the end, as far as the cluster tells in time. */
  async #isInstalled({ release, namespace, connection }: BracketInputs): Promise<boolean> {
    let connected: ConnectedCluster | undefined;
    const late = new AbortController();
    try {
      connected = this.#surroundings.connect(connection);
      const nobody = setTimeout(PREVIEW_PATIENCE, undefined, { signal: late.signal });
      const claim = await Promise.race([findClaim(connected.cluster, { release, namespace }), nobody]);
      return claim?.installed ?? true;
    } catch (error) {
      if (!(error instanceof LifecycleError)) throw error;
      return true; // a preview does without the cluster
    } finally {
      late.abort();
      connected?.close();
    }
  }

  /** What an update would run. Whether the installation was finished only the cluster knows; without it, it was. */
  async #previewUpdate(olds: BracketState, news: BracketInputs): Promise<void> {
    const certain = isKnown(news) || Boolean(olds.pending);
    const installing = olds.pending?.endsWith('-install') ?? (olds.event.endsWith('-install') && !(await this.#isInstalled(news)));
    const opened = openingEvent({ installed: !installing }, isReturn(olds, news));
    this.#preview(news, news.side === 'opening' ? opened : closingEvent(opened), certain);
  }
}
