import { AroundEvent, EventRequest, LifecycleEvent, Outcome, PerformOptions, performEventWith, planEvent } from '../../../src/lifecycle';
import { ReleaseClaim, claimName, journalName, readClaimSecret, readJournalSecret } from '../../../src/release';
import { KubeObject, ObjectRef } from '../../../src/vocabulary';
import { content, job } from '../../release/manifests';
import { Shop, storyOf } from '../harness';

/** Who holds the release. */
export const STACK = { holder: 'urn:web', opening: 'o1', closing: 'c1' };

/** What is said of an event, and of the release. */
export interface Around extends Partial<EventRequest> {
  readonly objects?: readonly KubeObject[];
  readonly createNamespace?: boolean;
  readonly takeOwnership?: boolean;
  readonly secretValues?: readonly string[];
  readonly resources?: readonly ObjectRef[];
}

/** What came of the hooks of an event. */
export interface Told {
  readonly outcome: Outcome;
  readonly story: readonly string[];
}

/** Runs the hooks of an event as a stack would. */
export async function around(shop: Shop, event: AroundEvent, { objects = [], run = 'r1', ...rest }: Around = {}, options?: PerformOptions): Promise<Told> {
  const { hooks } = objects.length > 0 ? content(...objects) : { hooks: [] };
  const events: LifecycleEvent[] = [];
  const scope = { release: 'web', namespace: rest.namespace ?? 'shop' };
  const { createNamespace = false, takeOwnership = false, secretValues = [], resources = [] } = rest;
  const ends = event.endsWith('-delete');
  const outcome = await performEventWith({
    ...scope,
    operation: ends ? 'uninstall' : 'upgrade',
    createNamespace,
    takeOwnership,
    secretValues,
    resources,
    hooks,
    plan: (known, successes) => planEvent(known, { ...STACK, ...rest, ...scope, event, run, hooks, successes, settings: { takeOwnership } }),
  }, shop.cluster, (told) => events.push(told), options);
  return { outcome, story: storyOf(events) };
}

/** What the cluster knows of the release. */
export async function claim(shop: Shop): Promise<ReleaseClaim | undefined> {
  const secret = await shop.get('Secret', claimName('web'));
  return secret && readClaimSecret(secret);
}

/** The hooks of a change as its journal has them. */
export async function journal(shop: Shop, revision: number): Promise<string[] | undefined> {
  const secret = await shop.get('Secret', journalName('web', revision));
  return secret && readJournalSecret(secret).hooks.map(({ event, hook, state }) => `${event} ${hook.name} ${state}`);
}

/** Hooks of every event. */
export const HOOKS = [
  job('prepare', { on: 'pre-install' }), job('seed', { on: 'post-install' }), job('backup', { on: 'pre-upgrade,pre-delete' }),
  job('migrate', { on: 'pre-upgrade', weight: 5 }), job('warm', { on: 'post-upgrade' }), job('undo', { on: 'pre-rollback' }), job('clean', { on: 'post-delete' }),
];
