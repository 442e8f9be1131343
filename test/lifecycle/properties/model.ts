/*
 * What Helm makes of a release, as far as hooks, their objects, the resources and the records go: written from Helm's documentation and sources
 * (pkg/action/hooks.go, install.go, upgrade.go, rollback.go, uninstall.go), and with nothing of the engine in it.
 */

/** The kinds that hooks are generated of, in the order in which Helm installs them: it decides between hooks of one weight and one name. */
export const HOOK_KINDS = ['ServiceAccount', 'ConfigMap', 'CustomResourceDefinition', 'ClusterRole', 'Role', 'Job'] as const;

/** One of them. */
export type HookKind = (typeof HOOK_KINDS)[number];

/** A hook as it is written. */
export interface HookManifest {
  readonly hook: true;
  readonly kind: HookKind;
  readonly name: string;
  readonly namespace?: string;
  readonly on: string;
  readonly weight?: string;
  readonly policies?: string;
}

/** A resource as it is written. */
export interface ResourceManifest {
  readonly hook: false;
  readonly name: string;
  readonly keep: boolean;
  readonly data: number;
}

/** What a release holds, in the order of its documents. */
export type Chart = readonly (HookManifest | ResourceManifest)[];

/** How the Job of a hook ends. */
export type JobEnd = 'succeeds' | 'fails' | 'takes too long' | 'is deleted';

/** What is done to the release; a rollback goes so many revisions back, as far as there are some. */
export type Step = { readonly do: 'deploy'; readonly chart: Chart } | { readonly do: 'rollback'; readonly back: number } | { readonly do: 'uninstall' };

/** The object of a hook that is there. */
interface HookObject extends Pick<HookManifest, 'kind' | 'name'> {
  /** A hook of a deletion that did not succeed. */
  readonly failed: boolean;
}

interface Revision {
  readonly version: number;
  readonly chart: Chart;
  status: 'deployed' | 'failed' | 'superseded';
}

/** The object of a hook: `other/Job/a`. */
export function objectOf({ kind, name, namespace }: Pick<HookManifest, 'kind' | 'name' | 'namespace'>): string {
  if (kind === 'ClusterRole' || kind === 'CustomResourceDefinition') return `${kind}/${name}`;
  return `${namespace ?? 'shop'}/${kind}/${name}`;
}

const words = (list: string) => list.split(',').map((word) => word.trim().toLowerCase());
const hooksOf = (chart: Chart) => chart.filter((manifest) => manifest.hook);
const resourcesOf = (chart: Chart) => chart.filter((manifest) => !manifest.hook);

/** A release under Helm's rules. */
export class Model {
  /** What is told: `start pre-install a`, `pre-install a succeeded`, `delete a by hook-failed`. */
  told: string[] = [];
  /** The objects of hooks that are there, in the order in which they were made. */
  readonly hookObjects = new Map<string, HookObject>();
  /** The resources that are there, and whether they are to be kept. */
  readonly resources = new Map<string, boolean>();
  history: Revision[] = [];
  readonly #ends: Iterator<JobEnd>;

  constructor(ends: Iterator<JobEnd>) {
    this.#ends = ends;
  }

  /** The revision that a rollback goes back to. */
  target(back: number): number {
    return Math.max(this.history[0]?.version ?? 1, this.#last - back);
  }

  /** Whether the step succeeds. */
  take(step: Step): boolean {
    this.told = [];
    if (step.do === 'uninstall') return this.#uninstall();
    const chart = step.do === 'deploy' ? step.chart : this.history.find(({ version }) => version === this.target(step.back))!.chart;
    const event = step.do === 'rollback' ? 'rollback' : this.history.length === 0 ? 'install' : 'upgrade';
    return this.#deploy(event, chart);
  }

  get #last(): number {
    return this.history.at(-1)?.version ?? 0;
  }

  #deploy(event: string, chart: Chart): boolean {
    const base = this.history.at(-1);
    const known = this.#known();
    const revision: Revision = { version: this.#last + 1, chart, status: 'failed' };
    this.history.push(revision);
    if (!this.#run(chart, `pre-${event}`)) return false;
    for (const { name, keep } of resourcesOf(chart)) this.resources.set(name, keep);
    const wanted = new Set(resourcesOf(chart).map(({ name }) => name));
    for (const [name, keep] of known) if (!wanted.has(name)) this.#remove(name, keep);
    if (!this.#run(chart, `post-${event}`)) return false;
    const none = !this.history.some(({ status }) => status === 'deployed');
    for (const old of this.history) if (old.status === 'deployed' || (none && event === 'upgrade' && old === base)) old.status = 'superseded';
    revision.status = 'deployed';
    return true;
  }

  #uninstall(): boolean {
    const { chart } = this.history.at(-1)!;
    if (!this.#run(chart, 'pre-delete')) return false;
    for (const [name, keep] of this.#known()) this.#remove(name, keep);
    const done = this.#run(chart, 'post-delete');
    this.#removeLeftovers();
    this.history = [];
    return done;
  }

  /** Helm leaves them for ever: see `hook-objects-on-uninstall` in docs/compat.md. The log of a hook that has just failed is needed. */
  #removeLeftovers(): void {
    for (const [object, { kind, name, failed }] of this.hookObjects) {
      if (kind !== 'Job' || failed) continue;
      this.hookObjects.delete(object);
      this.told.push(`delete ${name} by uninstall`);
    }
  }

  #remove(name: string, keep: boolean): void {
    if (!keep && this.resources.get(name) === false) this.resources.delete(name);
  }

  /**
   * The resources that the release may have left, as the newest of its revisions has them.
   *
   * Here Helm is not followed: it looks at one revision only. See `orphans` in docs/compat.md.
   */
  #known(): Map<string, boolean> {
    const base = this.#newest('deployed') ?? this.#newest('superseded');
    const since = this.history.filter(({ version }) => version >= (base?.version ?? 0));
    return new Map(since.flatMap(({ chart }) => resourcesOf(chart).map(({ name, keep }) => [name, keep] as const)));
  }

  #newest(wanted: Revision['status']): Revision | undefined {
    return this.history.filter(({ status }) => status === wanted).at(-1);
  }

  /** execHook of pkg/action/hooks.go. */
  #run(chart: Chart, event: string): boolean {
    const hooks = this.#inOrder(chart, event);
    for (const [index, hook] of hooks.entries()) {
      this.#delete(hook, 'before-hook-creation');
      this.told.push(`start ${event} ${hook.name}`);
      const created = !this.hookObjects.has(objectOf(hook));
      const end = created ? this.#execute(hook, event) : 'failed';
      this.told.push(`${event} ${hook.name} ${end}`);
      if (end === 'succeeded') continue;
      if (created) {
        this.#delete(hook, 'hook-failed');
        for (const earlier of hooks.slice(0, index)) this.#delete(earlier, 'hook-succeeded');
      }
      return false;
    }
    for (const hook of hooks.reverse()) this.#delete(hook, 'hook-succeeded');
    return true;
  }

  #execute(hook: HookManifest, event: string): 'succeeded' | 'failed' | 'timed-out' {
    const { kind, name } = hook;
    const end = kind === 'Job' ? (this.#ends.next().value as JobEnd) : 'succeeds';
    if (end !== 'is deleted') this.hookObjects.set(objectOf(hook), { kind, name, failed: end !== 'succeeds' && event.endsWith('-delete') });
    return end === 'succeeds' ? 'succeeded' : end === 'takes too long' ? 'timed-out' : 'failed';
  }

  #delete(hook: HookManifest, policy: string): void {
    const policies = hook.policies === undefined ? ['before-hook-creation'] : words(hook.policies);
    if (hook.kind === 'CustomResourceDefinition' || !policies.includes(policy)) return;
    if (this.hookObjects.delete(objectOf(hook))) this.told.push(`delete ${hook.name} by ${policy}`);
  }

  /** Weight, then name byte by byte, then kind, then the order of the documents; as often as the event is named. */
  #inOrder(chart: Chart, event: string): HookManifest[] {
    const keyed = hooksOf(chart).flatMap((hook, place) => {
      const key = [Number(hook.weight ?? 0), hook.name, HOOK_KINDS.indexOf(hook.kind), place] as const;
      return words(hook.on).filter((word) => word === event).map(() => ({ hook, key }));
    });
    const compare = (a: string | number, b: string | number) => (a < b ? -1 : a > b ? 1 : 0);
    keyed.sort((a, b) => a.key.map((part, index) => compare(part, b.key[index])).find((sign) => sign !== 0) ?? 0);
    return keyed.map(({ hook }) => hook);
  }
}
