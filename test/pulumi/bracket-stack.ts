import { Cluster } from '../../src/cluster';
import { SimulatedCluster } from '../../src/cluster/simulated';
import { PartialBracketError } from '../../src/pulumi/bracket-error';
import { BracketProvider } from '../../src/pulumi/bracket-provider';
import { BracketInputs, BracketState, Side } from '../../src/pulumi/bracket-state';
import { UNKNOWN } from '../../src/pulumi/preview';
import { KubeObject } from '../../src/vocabulary';
import { job } from '../release/manifests';
import { recordingRow } from './recording-row';

/** Events of which a release has a hook, a Job that is called after it. */
const EVENTS = ['pre-install', 'post-install', 'pre-upgrade', 'post-upgrade', 'pre-rollback', 'post-rollback', 'pre-delete', 'post-delete'] as const;

/** A bracket as Pulumi keeps it. */
export interface KeptBracket {
  readonly id: string;
  readonly state: BracketState;
}

/** What was seen of an operation. */
export interface Told {
  /** Hooks in the order in which they ran: `pre-install`, and `pre-install FAILED`. */
  readonly ran: readonly string[];
  /** Everything that was said on the rows of the brackets, but for what was replaced. */
  readonly said: readonly string[];
  readonly error?: Error;
}

/** What is on its way between the engine and the process of the provider. */
function sent<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** The inputs of the brackets of release `web` in namespace `shop`, whose content is a version. */
export function inputsOf(version: string, more: Partial<BracketInputs> = {}): Omit<BracketInputs, 'side' | 'self'> {
  const hooks = EVENTS.map((event, weight) => job(event, { on: event, weight }));
  return {
    release: 'web',
    namespace: 'shop',
    holder: 'urn:web',
    digest: version,
    hooks,
    plan: Object.fromEntries(EVENTS.map((event, weight) => [event, [`Job/${event} (${weight})`]])),
    resources: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'settings', namespace: 'shop' }],
    secretValues: [],
    connection: {},
    settings: { timeoutSeconds: 300, createNamespace: false, takeOwnership: false, rollback: 'detect' },
    ...more,
  };
}

/** Two brackets as Pulumi's engine calls them: in its order, with what it keeps after success and failure. */
export class BracketStack {
  static async open(): Promise<BracketStack> {
    const stack = new BracketStack();
    await stack.cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
    return stack;
  }

  /** Names of Jobs that fail. */
  readonly fails = new Set<string>();
  readonly cluster = new SimulatedCluster({ jobs: ({ metadata: { name } }) => (this.fails.has(name!) ? { exitCode: 1, logs: ['no luck'] } : {}) });
  readonly brackets: Partial<Record<Side, KeptBracket>> = {};
  /** How many connections were opened, and not closed. */
  open = 0;
  #process?: BracketProvider;
  #rows: ReturnType<typeof recordingRow>[] = [];
  /** What the brackets connect to. */
  connect: () => Cluster = () => this.cluster;

  /** `pulumi up`; what is between the brackets may fail. */
  up(version: string, more: Partial<BracketInputs> = {}, between: () => void = () => undefined): Promise<Told> {
    return this.#see(async (provider) => {
      const inputs = inputsOf(version, more);
      const opening = await this.#apply(provider, { ...inputs, side: 'opening', self: 'urn:opening' });
      between();
      const { runId: openRun, event: openEvent } = opening.state;
      await this.#apply(provider, { ...inputs, side: 'closing', self: 'urn:closing', opening: opening.id, openRun, openEvent });
    });
  }

  /** `pulumi destroy` */
  destroy(): Promise<Told> {
    return this.#see(async (provider) => {
      for (const side of ['closing', 'opening'] as const) {
        const { id, state } = this.brackets[side] ?? {};
        if (state) await provider.delete(id!, sent(state));
        delete this.brackets[side];
      }
    });
  }

  /** The deletion of a bracket that another has replaced. */
  deleteReplaced(side: Side, { id, state }: KeptBracket): Promise<Told> {
    return this.#see((provider) => provider.delete(id, sent({ ...state, side })));
  }

  /** What the engine is told of other inputs of a bracket. */
  async diff(side: Side, more: Partial<BracketInputs>): Promise<{ readonly changes: boolean; readonly replaces: readonly string[] }> {
    const { state } = this.brackets[side]!;
    const provider = this.#provider();
    return provider.diff(sent(state), await provider.check(sent(state), sent({ ...state, ...more })));
  }

  /** `pulumi preview`, in which the engine does not know what a bracket will find out if it changes. */
  preview(version: string, more: Partial<BracketInputs> = {}): Promise<Told> {
    return this.#see(async (provider) => {
      const inputs = inputsOf(version, more);
      const changes = await this.#foresee(provider, { ...inputs, side: 'opening', self: 'urn:opening' });
      const { id = UNKNOWN, state } = this.brackets.opening ?? {};
      const found = changes || !state ? { openRun: UNKNOWN, openEvent: UNKNOWN as never } : { openRun: state.runId, openEvent: state.event };
      await this.#foresee(provider, { ...inputs, side: 'closing', self: 'urn:closing', opening: id, ...found });
    });
  }

  /** Jobs that are there. */
  async jobs(): Promise<string[]> {
    return (await this.cluster.list({ apiVersion: 'batch/v1', kind: 'Job', namespace: 'shop' })).map(({ metadata }: KubeObject) => metadata.name!);
  }

  async #see(operation: (provider: BracketProvider) => Promise<void>): Promise<Told> {
    this.#rows = [];
    const error = await operation(this.#provider()).catch((thrown: unknown) => thrown as Error);
    await Promise.all(this.#rows.map((each) => each.flush()));
    const said = this.#rows.flatMap((each) => each.said.filter((text) => !text.startsWith('…')));
    const ran = said.flatMap((text) => {
      const [, event, verdict] = /^(\S+) Job\/\S+ (succeeded|failed)/.exec(text) ?? [];
      return event === undefined ? [] : [verdict === 'succeeded' ? event : `${event} FAILED`];
    });
    return { ran, said, ...(error ? { error } : {}) };
  }

  /** One process of the provider, which serves previews and what follows them. */
  #provider(): BracketProvider {
    const connect = () => {
      const cluster = this.connect();
      this.open += 1;
      return { cluster, close: () => void (this.open -= 1) };
    };
    const row = () => {
      this.#rows.push(recordingRow());
      return this.#rows.at(-1)!;
    };
    return (this.#process ??= new BracketProvider({ connect, row }));
  }

  async #foresee(provider: BracketProvider, inputs: BracketInputs): Promise<boolean> {
    const kept = this.brackets[inputs.side];
    const news = await provider.check(sent(kept?.state ?? {}), sent({ ...inputs, dryRun: true }));
    return kept ? (await provider.diff(sent(kept.state), news)).changes : true;
  }

  async #apply(provider: BracketProvider, inputs: BracketInputs): Promise<KeptBracket> {
    const { side } = inputs;
    const kept = this.brackets[side];
    const news = await provider.check(sent(kept?.state ?? {}), sent({ ...inputs, dryRun: false }));
    const keep = (id: string, outs: object) => (this.brackets[side] = sent({ id, state: outs as BracketState }));
    try {
      if (!kept) {
        const { id, outs } = await provider.create(news);
        return keep(id, outs);
      }
      const { changes } = await provider.diff(sent(kept.state), news);
      return changes ? keep(kept.id, (await provider.update(kept.id, sent(kept.state), news)).outs) : kept;
    } catch (error) {
      if (error instanceof PartialBracketError) keep(error.id, error.properties);
      throw error;
    }
  }
}

/** A stack on which versions were deployed, one after the other. */
export async function opened(...versions: readonly string[]): Promise<BracketStack> {
  const stack = await BracketStack.open();
  for (const version of versions) expect((await stack.up(version)).error).toBeUndefined();
  return stack;
}
