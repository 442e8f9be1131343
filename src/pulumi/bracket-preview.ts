import { AroundEvent, findClaim } from '../lifecycle';
import { LifecycleError } from '../vocabulary';
import { BracketInputs, BracketState } from './bracket-state';
import { ConnectedCluster } from './connect';
import { changeOf, closingEvent, isReturn, openingEvent } from './decision';
import { UNKNOWN, isKnown, previewLine } from './preview';
import { Surroundings } from './surroundings';

/** How long a preview waits for the cluster, in milliseconds: it does without. */
const PATIENCE = 3_000;

/** What an opening is about to find out, which its closing is told only when it has. */
type Foreseen = Pick<BracketInputs, 'openRun' | 'openEvent'>;

/** What previews say of brackets, on their rows. */
export class BracketPreview {
  readonly #surroundings: Surroundings;
  /** URNs of brackets that are only previewed. */
  readonly #previewed = new Set<string>();
  /** What the openings are about to find out, by whose releases they open. */
  readonly #foreseen = new Map<string, Foreseen>();

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** Begins to preview a bracket; of one that is not there yet all is known now. */
  async begin(olds: Partial<BracketInputs>, news: BracketInputs): Promise<void> {
    this.#previewed.add(news.self);
    if (news.side === 'opening') this.#foreseen.delete(news.holder);
    if (olds.side !== undefined) return;
    if (news.side === 'closing') return this.#say(news, closingEvent(this.#known(news).openEvent), true);
    const installed = await this.#isInstalled(news, false);
    return this.#foresee(news, openingEvent({ installed }, false), true);
  }

  /** Says nothing more of a bracket: what comes now is no preview. */
  end({ self }: BracketInputs): void {
    this.#previewed.delete(self);
  }

  /** Says what an update would run. */
  async update(olds: BracketState, news: BracketInputs): Promise<void> {
    if (!this.#previewed.has(news.self)) return;
    const known = this.#known(news);
    const change = changeOf(olds, known);
    const certain = isKnown(news) || Boolean(olds.pending);
    if (news.side === 'opening' && change === 'keep') this.#foreseen.set(news.holder, { openRun: olds.runId, openEvent: olds.event });
    if (change !== 'run') return;
    if (news.side === 'closing') return this.#say(news, closingEvent(known.openEvent), certain);
    const installed = await this.#isInstalled(news, !olds.pending?.endsWith('-install'));
    return this.#foresee(news, openingEvent({ installed }, isReturn(olds, news)), certain);
  }

  #foresee(news: BracketInputs, openEvent: AroundEvent, certain: boolean): Promise<void> {
    this.#foreseen.set(news.holder, { openRun: UNKNOWN, openEvent });
    return this.#say(news, openEvent, certain);
  }

  /** The inputs with what the opening is about to find out. */
  #known(news: BracketInputs): BracketInputs {
    return news.openRun === UNKNOWN ? { ...news, ...this.#foreseen.get(news.holder) } : news;
  }

  /** Resolves when it has arrived: the engine may end as soon as it has its answer. */
  #say(news: BracketInputs, event: AroundEvent, certain: boolean): Promise<void> {
    const row = this.#surroundings.row(news.self);
    row.info(previewLine(event, news, certain));
    return row.flush();
  }

  /** Whether the release was installed to the end, which only the cluster knows; where it cannot be asked in time, the assumption. */
  async #isInstalled({ release, namespace, connection }: BracketInputs, assumed: boolean): Promise<boolean> {
    if ([connection, connection.kubeconfig, connection.context, namespace].includes(UNKNOWN)) return assumed;
    let connected: ConnectedCluster | undefined;
    const over = new AbortController();
    try {
      const { cluster } = (connected = this.#surroundings.connect(connection));
      const tooLate = cluster.clock.sleep(PATIENCE, over.signal).then(() => ({ installed: assumed }));
      return (await Promise.race([findClaim(cluster, { release, namespace }), tooLate]))?.installed ?? false;
    } catch (error) {
      if (!(error instanceof LifecycleError)) throw error;
      return assumed;
    } finally {
      over.abort();
      connected?.close();
    }
  }
}
