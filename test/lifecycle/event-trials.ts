import { Cluster } from '../../src/cluster';
import { SimulatedCluster } from '../../src/cluster/simulated';
import { AroundEvent, findClaim, performEventWith, planEvent } from '../../src/lifecycle';
import { JOURNAL_SECRET_TYPE, ReleaseClaim, isUnfinished, readJournalSecret } from '../../src/release';
import { content, job } from '../release/manifests';
import { Performance, Trial, locksHeld, performed } from './trial';

/* A release whose resources are somebody else's, with a hook at each of its events. */

const EVENTS = ['pre-install', 'post-install', 'pre-upgrade', 'post-upgrade', 'pre-delete', 'post-delete'] as const;

type Event = (typeof EVENTS)[number] & AroundEvent;

const SCOPE = { release: 'web', namespace: 'default' };

const { hooks } = content(job('migrate', { on: EVENTS.join(',') }));

function runOf(event: Event): string {
  return event.endsWith('-install') ? 'r1' : 'r2';
}

function perform(cluster: Cluster, event: Event): Promise<Performance> {
  const operation = event.endsWith('-delete') ? 'uninstall' : 'upgrade';
  const request = { ...SCOPE, operation, createNamespace: false, takeOwnership: false, resources: [], hooks, secretValues: [] } as const;
  const by = { holder: 'urn:web', opening: 'o1', closing: 'c1', run: runOf(event) };
  const plan = (claim: ReleaseClaim | undefined) => planEvent(claim, { ...SCOPE, ...by, event, hooks });
  return performed((report) => performEventWith({ ...request, plan }, cluster, report));
}

async function prepared(event: Event): Promise<SimulatedCluster> {
  const cluster = new SimulatedCluster({ jobs: { migrate: { for: '8s' } } });
  for (const step of EVENTS.slice(0, EVENTS.indexOf(event))) await perform(cluster, step);
  return cluster;
}

/** Whether a journal says that a hook may still run. */
async function mayRun(cluster: Cluster): Promise<boolean> {
  const secrets = await cluster.list({ apiVersion: 'v1', kind: 'Secret', namespace: 'default' });
  return secrets.filter(({ type }) => type === JOURNAL_SECRET_TYPE).some((secret) => readJournalSecret(secret).hooks.some(isUnfinished));
}

/** How far the release has come, as the claim on it and its journals say. */
async function found(cluster: Cluster): Promise<string[]> {
  const claim = await findClaim(cluster, SCOPE);
  return [
    ...(claim ? [claim.holder, claim.installed ? 'installed' : 'not installed', `${claim.closing?.run ?? 'nothing'} ${claim.closing?.state ?? 'closed'}`] : []),
    ...((await mayRun(cluster)) ? ['a hook that may still run'] : []),
  ];
}

const LEFT: Readonly<Record<Event, readonly string[]>> = {
  'pre-install': ['urn:web', 'not installed', 'nothing closed'],
  'post-install': ['urn:web', 'installed', 'r1 succeeded'],
  'pre-upgrade': ['urn:web', 'installed', 'r1 succeeded'],
  'post-upgrade': ['urn:web', 'installed', 'r2 succeeded'],
  'pre-delete': ['urn:web', 'installed', 'nothing closed'],
  'post-delete': [],
};

/** The events of a release. */
export const EVENT_TRIALS: readonly Trial[] = EVENTS.map((event) => ({
  name: `the event ${event}`,
  hooks: 1,
  prepared: () => prepared(event),
  perform: (cluster) => perform(cluster, event),
  performAgain: async (cluster) => (await perform(cluster, event)).result,
  left: LEFT[event],
  found,
  unfinished: async (cluster) => ({ pending: 0, locks: await locksHeld(cluster) }), // no record of Helm's says that one is pending
}));
