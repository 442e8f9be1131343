import { HookedRelease, HookedReleaseArgs, importChart } from 'cdk8s-lifecycle/pulumi';
import { auditTrail } from '../cluster/audit';
import { apply, kubectl } from '../cluster/kubectl';
import { createNamespace, deleteNamespace } from '../cluster/namespace';
import { waitUntil } from '../cluster/wait';
import { annotated, configMap, hook, job, service } from '../conformance/manifests';
import { EngineRun, OperationOptions, Outcome, Stack } from './engine';

const EVENTS = ['pre-install', 'post-install', 'pre-upgrade', 'post-upgrade', 'pre-rollback', 'post-rollback', 'pre-delete', 'post-delete'] as const;

type Event = (typeof EVENTS)[number];

/** What a program says of its release, but for what every one says. */
export interface Written extends Partial<HookedReleaseArgs> {
  /** What Pulumi calls the release. */
  readonly called?: string;
  readonly options?: ConstructorParameters<typeof HookedRelease>[2];
  /** More manifests of the chart. */
  readonly more?: readonly object[];
  /** The event whose hook takes longer than the lock of a dead engine lasts; all hooks are replaced by their next run then. */
  readonly slow?: Event;
}

/** What was seen of an operation. */
export interface Seen {
  /** Hooks by their events and resources by their names, in the order in which the API server was asked for them; `-name` for what was deleted. */
  readonly trace: string;
  readonly outcome: Outcome;
  /** What the preview before it said; absent where there was none. */
  readonly preview?: Outcome;
}

/**
 * Whether the engine has heard of no resource of a program that has some. On a machine that is busy the SDK in this process may not reach the engine in time
 * ("14 UNAVAILABLE: No connection established"), and sometimes Pulumi goes on without an error. A preview changes nothing, so it can be asked once more.
 */
function isUnheard({ steps }: Outcome): boolean {
  return steps.every(({ type, op }) => type === 'pulumi:pulumi:Stack' || op === 'delete');
}

/**
 * A stack with one release in a namespace of its own. Each event has one hook, a Job that is called after it and goes when it has succeeded. It fails where
 * somebody else has a Job of that name, although the program is the same.
 *
 * The resource of version 1 is ConfigMap `app`; version 2 changes it, and has Service `extra`, too, which comes after it.
 */
export class Sequence {
  static async begin(): Promise<Sequence> {
    const [stack, namespace] = await Promise.all([Stack.create(), createNamespace('seq')]);
    return new Sequence(stack, namespace);
  }

  readonly stack: Stack;
  readonly namespace: string;

  private constructor(stack: Stack, namespace: string) {
    this.stack = stack;
    this.namespace = namespace;
  }

  /** A program whose release is of a version. */
  program(version: number, { called = 'web', options, more = [], slow, ...written }: Written = {}): () => object {
    const { namespace } = this;
    const policy = slow === undefined ? 'hook-succeeded' : 'before-hook-creation';
    const hooks = EVENTS.map((event) => hook(event, { on: event, policy, ...(event === slow ? { runsFor: '18s' } : {}) }));
    const resources = [annotated(configMap('app'), { version: String(version) }), ...(version > 1 ? [service('extra')] : [])];
    const chart = importChart({ manifests: [...hooks, ...resources, ...more] });
    return () => {
      const release = new HookedRelease(called, { chart, release: 'web', namespace, ...written }, options);
      return { hooks: release.hooks, revision: release.revision };
    };
  }

  /** `pulumi up`, behind a preview. */
  async up(version: number, written?: Written, options?: OperationOptions): Promise<Seen> {
    const program = this.program(version, written);
    const first = await this.stack.preview(program, options);
    const preview = isUnheard(first) ? await this.stack.preview(program, options) : first;
    return { ...(await this.#see(() => this.stack.up(program, options))), preview };
  }

  /** `pulumi up` of a program without the release. */
  upWithout(): Promise<Seen> {
    return this.#see(() => this.stack.up(() => undefined));
  }

  destroy(options?: OperationOptions): Promise<Seen> {
    return this.#see(() => this.stack.destroy(options));
  }

  refresh(): Promise<Seen> {
    return this.#see(() => this.stack.refresh());
  }

  /** `pulumi state delete` of one end of the release. */
  async forget(end: 'opening' | 'closing'): Promise<void> {
    await this.stack.forget(`web-${end}`);
  }

  /** The namespace goes, with all that is in it. */
  async loseNamespace(): Promise<void> {
    await kubectl(['delete', 'namespace', this.namespace]);
  }

  /** The engine is killed while it waits for the hook of an event. */
  kill(version: number, slow: Event): Promise<Seen> {
    return this.#kill(slow, () => this.stack.begin(this.program(version, { slow })));
  }

  /** The engine is killed while its destroy waits for the hook of an event. */
  killDestroy(slow: Event): Promise<Seen> {
    return this.#kill(slow, () => this.stack.beginDestroy());
  }

  /** From now on the hook of an event fails: its name is taken. */
  async break(event: Event): Promise<void> {
    await apply([job(event)], this.namespace);
  }

  /** From now on it succeeds again. */
  async mend(event: Event): Promise<void> {
    await kubectl(['delete', 'job', event], { namespace: this.namespace });
  }

  /** No object of a kind can be created any more. */
  async forbid(kinds: string): Promise<void> {
    await kubectl(['create', 'quota', 'none', `--hard=count/${kinds}=0`], { namespace: this.namespace });
    const used = async () => (await kubectl(['get', 'quota', 'none', '-o', 'jsonpath={.status.used}'], { namespace: this.namespace })) !== '';
    await waitUntil('the quota counts', used, { seconds: 20 });
  }

  /** They can be created again. */
  async allow(): Promise<void> {
    await kubectl(['delete', 'quota', 'none'], { namespace: this.namespace });
  }

  /** Ends the stack and its namespace. */
  async end(): Promise<void> {
    await this.stack.remove();
    await deleteNamespace(this.namespace);
  }

  #kill(slow: Event, begin: () => Promise<EngineRun>): Promise<Seen> {
    return this.#see(async () => {
      const run = await begin();
      const exists = async () => (await kubectl(['get', 'job', slow, '--ignore-not-found', '-o', 'name'], { namespace: this.namespace })) !== '';
      await waitUntil(`there is Job/${slow}`, exists, { seconds: 60 });
      await run.kill();
      const outcome = await run.outcome;
      await this.stack.cancel();
      return outcome;
    });
  }

  async #see(operation: () => Promise<Outcome>): Promise<Seen> {
    const since = new Date();
    const outcome = await operation();
    return { trace: [...(await this.#trace(since)), ...(outcome.failed ? ['FAILED'] : [])].join(' '), outcome };
  }

  async #trace(since: Date): Promise<string[]> {
    const records = await auditTrail({ since, namespace: this.namespace });
    const seen: string[] = [];
    for (const { user, verb, resource, name, uri, code, requestObject } of records) {
      if (user !== 'admin' || (code >= 300 && code !== 409) || uri.includes('dryRun=')) continue;
      if (verb === 'create' && resource === 'jobs') seen.push(name ?? nameIn(requestObject));
      if (resource === 'configmaps' || resource === 'services') {
        if (verb === 'patch' || verb === 'create') seen.push(name ?? nameIn(requestObject));
        if (verb === 'delete') seen.push(`-${name}`);
      }
    }
    return inStableOrder(seen);
  }
}

/** Resources that nobody put in order come in any. */
function inStableOrder(names: readonly string[]): string[] {
  const isHook = (name: string) => (EVENTS as readonly string[]).includes(name);
  const sorted: string[] = [];
  let resources: string[] = [];
  for (const name of [...names, '']) {
    if (name !== '' && !isHook(name)) {
      resources.push(name);
      continue;
    }
    sorted.push(...resources.sort());
    resources = [];
    if (name !== '') sorted.push(name);
  }
  return sorted;
}

function nameIn(object: unknown): string {
  return (object as { readonly metadata: { readonly name: string } }).metadata.name;
}

/** The events whose hooks a preview says would run. */
export function foretold({ diagnostics }: Outcome): string {
  const events = diagnostics.flatMap(({ message }) => /^(\S+) hooks that (?:would|may) run: /.exec(message)?.[1] ?? []);
  return EVENTS.filter((event) => events.includes(event)).join(' ');
}
