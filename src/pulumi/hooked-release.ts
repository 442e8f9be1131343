import * as pulumi from '@pulumi/pulumi';
import { Construct } from 'constructs';
import { ReleaseContent, executionOrder, isReleaseName } from '../release';
import { HOOK, HOOK_EVENTS, HookEventName, describeRef } from '../vocabulary';
import { Bracket, BracketArgs } from './bracket';
import { BracketInputs, RanHook } from './bracket-state';
import { ConnectionArgs, connectionOf } from './connection';
import { digestOf } from './digest';
import { contentOf } from './hooks-of';
import { knownNow } from './known-now';
import { Await } from './managed-object';
import { ReleaseObject, objectsMade } from './release-objects';
import { manifestsOf, registerResources } from './release-resources';
import { RestoredObject, restoreObject } from './restore';
import { secretValuesOf } from './secret-values';
import { bareUrn } from './urn-of';

/** What puts the resources of a release between its hooks; to be passed on as their options. */
export interface BetweenHooks {
  /** The release. */
  readonly parent: pulumi.Resource;
  /** What runs the first hooks. */
  readonly dependsOn: pulumi.Resource[];
}

/** What a release is, and how its hooks are run. */
export interface HookedReleaseArgs {
  /**
   * Makes the charts of the release in a scope; outputs of other resources are passed to their props with {@link late}. For charts that were not written
   * with cdk8s see {@link importChart}.
   */
  readonly chart: (scope: Construct) => unknown;

  /**
   * The name of the release in the cluster: the lock, the claim and the journals of its hooks are called after it. At most 53 lower-case letters, digits,
   * `-` and `.`.
   *
   * @default - the name of the resource
   */
  readonly release?: string;

  /**
   * The namespace of objects that name none, and of the lock, the claim and the journals. It has to be there before the release: pass the name of a
   * Namespace resource, or see `createNamespace`.
   *
   * @default 'default'
   */
  readonly namespace?: pulumi.Input<string>;

  /**
   * Make the namespace if it is missing, before the first hook. Like Helm's `--create-namespace` it stays when the release goes.
   *
   * @default false
   */
  readonly createNamespace?: boolean;

  /**
   * Until when Pulumi waits for each resource before the post-hooks run: until it is `ready`, or only until the API server has it (`applied`). Helm does
   * not wait unless `--wait` is given. A chart whose Pods need a post-install hook has to be `applied`, or both wait for each other.
   *
   * @default 'ready'
   */
  readonly await?: Await;

  /**
   * How long a hook is waited for that does not say so itself, in seconds.
   *
   * @default 300
   */
  readonly timeoutSeconds?: number;

  /**
   * A change of this value runs the hooks of an upgrade although nothing of the release has changed. A value that is new each time, such as the number of
   * a pipeline, makes every `pulumi up` run them, as every `helm upgrade` does.
   *
   * @default - they run when the release changes
   */
  readonly trigger?: pulumi.Input<unknown>;

  /**
   * Whether a return to exactly what was deployed before runs the hooks of a rollback (`detect`), or those of an upgrade like any other change (`never`).
   *
   * @default 'detect'
   */
  readonly rollback?: 'detect' | 'never';

  /**
   * Take over a release that another stack, or Helm, has claimed.
   *
   * @default false
   */
  readonly takeOwnership?: boolean;

  /**
   * The cluster in which the hooks run.
   *
   * @default - that of the Kubernetes provider of the release, else the one that `kubectl` uses
   */
  readonly connection?: ConnectionArgs;

  /**
   * Registers the resources of the release, such as `(objs, options) => [new k8s.yaml.v2.ConfigGroup('web', { objs }, options)]`. The options have to be
   * passed on: they put the resources between the hooks.
   *
   * @default - each object is a resource of its own
   */
  readonly resources?: (manifests: readonly RestoredObject[], options: BetweenHooks) => pulumi.Resource[];
}

/** A release as it was synthesized. */
interface Synthesized {
  readonly release: string;
  readonly namespace: pulumi.Input<string>;
  readonly hooks: readonly ReleaseObject[];
  readonly resources: readonly ReleaseObject[];
  /** What Helm makes of the objects, as far as they are known now. */
  readonly content: ReleaseContent;
}

/** The hooks of every event, by name and weight, in Helm's order. */
function planOf({ hooks }: ReleaseContent): BracketInputs['plan'] {
  const events = HOOK_EVENTS.map((event) => [event, executionOrder(hooks, event).map(({ ref, weight }) => `${describeRef(ref)} (${weight})`)] as const);
  return Object.fromEntries(events.filter(([, names]) => names.length > 0));
}

function isHook({ object }: ReleaseObject): boolean {
  return object.metadata.annotations?.[HOOK] !== undefined;
}

/** Namespaces are made before the release, and end after it: hooks run in them. */
function checkNamespaces(objects: readonly ReleaseObject[], namespace: pulumi.Input<string>): void {
  const own = objects.find(({ object }) => object.kind === 'Namespace' && object.metadata.name === namespace);
  if (!own) return;
  throw new Error(
    `${own.path}: Namespace/${String(namespace)} is that of the release itself, whose first hooks run before it would be there, and whose last run after it is gone. ` +
      'Make it a resource of its own and pass its name (namespace: ns.metadata.name), or let the release make it (createNamespace: true).',
  );
}

function checkName(release: string): void {
  if (isReleaseName(release)) return;
  throw new Error(`"${release}" is no release name: at most 53 lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit. Name it with the prop release.`);
}

/** What the charts make, checked as far as it is known now. */
function synthesize(release: string, { chart, namespace = 'default' }: HookedReleaseArgs): Synthesized {
  checkName(release);
  const objects = objectsMade(chart);
  if (objects.length === 0) throw new Error('The chart of the release holds no object. Does it make its charts in the scope that it is given?');
  const resources = objects.filter((each) => !isHook(each));
  checkNamespaces(resources, namespace);
  const known = objects.map(({ object }) => knownNow(object));
  const content = contentOf(known, typeof namespace === 'string' ? namespace : '', (index) => objects[index].path);
  return { release, namespace, hooks: objects.filter(isHook), resources, content };
}

/**
 * A release whose hooks run around its resources, on plain `pulumi up` and `pulumi destroy`: `pre-install` before anything is created, `post-install` when
 * everything is ready, `pre-upgrade` and `post-upgrade` around a change, `pre-delete` before the first resource goes, `post-delete` after the last.
 *
 * The resources are children of this component, one an object, as `@pulumi/kubernetes` manages them.
 *
 * @example
 * const release = new HookedRelease('web', {
 *   chart: (scope) => new WebApp(scope, 'web', { dbHost: late.string(db.privateIpAddress) }),
 *   namespace: 'web',
 * }, { provider, dependsOn: [db] });
 * export const ran = release.hooks;
 */
export class HookedRelease extends pulumi.ComponentResource {
  /** The hooks that ran at the last change, in order, with verdicts and times; not known in a preview in which some will run. */
  public readonly hooks: pulumi.Output<RanHook[]>;

  /** How many times the hooks of a change were begun, from 1. */
  public readonly revision: pulumi.Output<number>;

  /** The hooks of every event in the order in which they run, such as `{ 'pre-upgrade': ['Job/backup (0)', 'Job/migrate (1)'] }`: kind, name and weight. */
  public readonly plan: Readonly<Partial<Record<HookEventName, readonly string[]>>>;

  /** The objects of the release without its hooks, as Pulumi manages them. */
  public readonly manifests: readonly RestoredObject[];

  /** The resources of the release, in the order of its objects. */
  public readonly resources: readonly pulumi.Resource[];

  /**
   * @param name what Pulumi calls it
   * @param args what the release is
   * @param options `provider` is that of the resources; `retainOnDelete` and `deletedWith` leave out the hooks of the deletion, too
   * @throws Error for what is wrong with the charts or their hooks, by the path of the construct
   */
  constructor(name: string, args: HookedReleaseArgs, options: pulumi.ComponentResourceOptions = {}) {
    super('cdk8s-lifecycle:index:HookedRelease', name, {}, options);
    const synthesized = synthesize(args.release ?? name, args);
    const { release, namespace, resources } = synthesized;
    const managed = { release, namespace, await: args.await ?? 'ready' };
    this.manifests = manifestsOf(resources, managed);
    this.plan = planOf(synthesized.content);
    const common = this.#bracketArgs(args, synthesized);
    const ends = { parent: this, retainOnDelete: options.retainOnDelete, deletedWith: options.deletedWith };
    const opening = new Bracket('opening', `${name}-opening`, common, ends);
    const between = { parent: this, dependsOn: [opening] };
    this.resources = args.resources ? args.resources(this.manifests, between) : registerResources(resources, { ...between, ...managed });
    const closing = new Bracket(
      'closing',
      `${name}-closing`,
      { ...common, opening: opening.id, openRun: opening.runId, openEvent: opening.event },
      { ...ends, dependsOn: [opening, ...this.resources] },
    );
    this.hooks = pulumi.all([opening.ran, closing.ran]).apply(([before, after]) => [...(before ?? []), ...(after ?? [])]);
    this.revision = opening.revision;
    this.registerOutputs({ hooks: this.hooks, revision: this.revision });
  }

  #bracketArgs(args: HookedReleaseArgs, { release, namespace, hooks, resources, content }: Synthesized): BracketArgs {
    const { createNamespace = false, takeOwnership = false, timeoutSeconds = 300, rollback = 'detect' } = args;
    const restored = hooks.map(({ object }) => restoreObject(object));
    const hidden = content.hooks.some(({ ref }) => ref.kind === 'Secret') ? pulumi.secret(restored) : pulumi.output(restored);
    return {
      release,
      namespace,
      holder: bareUrn(this.urn),
      digest: pulumi.all([pulumi.output(this.manifests), hidden]).apply(digestOf),
      hooks: hidden as unknown as pulumi.Output<BracketInputs['hooks']>,
      plan: this.plan,
      resources: content.resources.map(({ ref }) => ref),
      secretValues: secretValuesOf([...hooks, ...resources].map(({ object }) => object)),
      trigger: args.trigger,
      connection: connectionOf(args.connection, this.getProvider('kubernetes:core/v1:Secret')),
      settings: { timeoutSeconds, createNamespace, takeOwnership, rollback },
    };
  }
}
