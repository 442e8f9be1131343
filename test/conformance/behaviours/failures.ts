import { Behaviour, Manifest, Step } from '../behaviour';
import { HOLDS, configMap, hook, hookOf, job, resourceQuota } from '../manifests';
import { install, rollback, somebodyApplies, uninstall, upgrade } from '../steps';

const v1 = configMap('settings', { a: '1' });
const v2 = configMap('settings', { a: '2' });
const v3 = configMap('settings', { a: '3' });

function failing(on: string): Manifest {
  return hook('work', { on, fails: true });
}

/** A hook whose object stays after its deletion. */
function held(name: string): Manifest {
  const object = hookOf(configMap(name), { on: 'pre-install,pre-upgrade' });
  return { ...object, metadata: { ...object.metadata, finalizers: [HOLDS] } };
}

function fails(event: string, does: string, steps: readonly Step[]): Behaviour {
  return { id: `failure-${event}`, does, shows: 'stored outcome', steps };
}

/** What is stored, and what is possible, after something failed. */
export const FAILURES: readonly Behaviour[] = [
  fails('pre-install', 'applies nothing after a pre-install hook failed; the next upgrade runs upgrade hooks', [
    install([v1, failing('pre-install')]),
    upgrade([v1, hook('work', { on: 'pre-install' }), hook('next', { on: 'pre-upgrade' })]),
  ]),
  fails('post-install', 'keeps the resources after a post-install hook failed', [install([v1, failing('post-install')]), upgrade([v2, hook('work', { on: 'post-upgrade' })])]),
  fails('pre-upgrade', 'keeps the old revision deployed after a pre-upgrade hook failed', [install([v1]), upgrade([v2, failing('pre-upgrade')]), upgrade([v3])]),
  fails('post-upgrade', 'keeps the old revision deployed after a post-upgrade hook failed, with the new resources in place', [
    install([v1]),
    upgrade([v2, configMap('orphan'), failing('post-upgrade')]),
    upgrade([v3]),
  ]),
  fails('pre-rollback', 'leaves pending-rollback after a pre-rollback hook failed: an upgrade is refused', [
    install([v1, failing('pre-rollback')]),
    upgrade([v2]),
    rollback(1),
    upgrade([v3]),
  ]),
  fails('post-rollback', 'leaves pending-rollback after a post-rollback hook failed: another rollback is the way out', [
    install([v1, failing('post-rollback')]),
    upgrade([v2]),
    rollback(1),
    rollback(2),
  ]),
  fails('pre-delete', 'leaves uninstalling after a pre-delete hook failed: an upgrade is refused', [install([v1, failing('pre-delete')]), uninstall(), upgrade([v2])]),
  fails('post-delete', 'purges the release although a post-delete hook failed', [install([v1, failing('post-delete')]), uninstall(), install([v2])]),
  {
    id: 'failure-install-is-no-install-again',
    does: 'refuses to install what has failed to install',
    shows: 'free names',
    steps: [install([v1, failing('pre-install')]), install([v1])],
  },
  {
    id: 'failure-uninstall-of-a-failed-install',
    does: 'uninstalls what has failed to install, with its hooks',
    shows: 'uninstall',
    steps: [install([v1, failing('post-install'), hook('last', { on: 'post-delete' })]), uninstall()],
  },
  {
    id: 'failure-uninstall-after-a-failed-upgrade',
    does: 'uninstalls the last revision although it failed: what only the deployed one had stays',
    shows: 'uninstall',
    steps: [install([v1, configMap('only-in-1')]), upgrade([v2, configMap('only-in-2'), failing('pre-upgrade')]), uninstall()],
  },
  {
    id: 'failure-rollback-after-a-failed-upgrade',
    does: 'goes back to the deployed revision after an upgrade failed',
    shows: 'rollback',
    steps: [install([v1]), upgrade([v2, configMap('extra'), failing('post-upgrade')]), rollback()],
  },
  {
    id: 'failure-two-upgrades',
    does: 'starts every upgrade from the deployed revision, however many failed since',
    shows: 'stored outcome',
    steps: [install([v1, configMap('old')]), upgrade([v2, failing('pre-upgrade')]), upgrade([v2, failing('pre-upgrade')]), upgrade([v3])],
  },
  {
    id: 'failure-two-installs-as-upgrades',
    does: 'upgrades what never was deployed from the last revision',
    shows: 'stored outcome',
    steps: [install([v1, failing('post-install')]), upgrade([configMap('other'), failing('post-upgrade')]), upgrade([configMap('other')])],
  },
  {
    id: 'failure-the-first-of-two-hooks',
    does: 'runs no hook after the one that failed',
    shows: 'stored outcome',
    steps: [install([v1]), upgrade([v2, hook('a', { on: 'pre-upgrade', fails: true }), hook('b', { on: 'pre-upgrade' }), hook('c', { on: 'post-upgrade' })])],
  },
  {
    id: 'failure-a-hook-that-cannot-run',
    does: 'waits until the timeout for a hook whose Pods are denied',
    shows: 'timeout',
    steps: [
      somebodyApplies(resourceQuota('strict', { 'limits.cpu': '1' })),
      install([v1, hook('work', { on: 'pre-install' })], { timeout: '10s' }),
    ],
  },
  {
    id: 'failure-of-a-hook-at-a-timeout',
    does: 'fails when a hook takes longer than the timeout, and lets it run on',
    shows: 'timeout',
    steps: [install([v1, hook('slow', { on: 'pre-install', runsFor: '10m' })], { timeout: '8s' })],
  },
  {
    id: 'failure-of-a-hook-at-a-timeout-with-policy',
    does: 'deletes a hook by hook-failed when it takes longer than the timeout',
    shows: 'timeout',
    steps: [install([v1, hook('slow', { on: 'post-install', runsFor: '10m', policy: 'hook-failed' })], { timeout: '8s' })],
  },
  {
    id: 'failure-a-leftover-that-does-not-go',
    does: 'a leftover that a finalizer holds: helm 3 waits for it in vain, helm 4 patches what is being deleted',
    shows: 'leftovers',
    steps: [
      install([v1, held('input')]),
      upgrade([v2, held('input')], { timeout: '3s' }),
    ],
  },
  {
    id: 'failure-a-job-deleted-while-it-runs',
    does: 'a Job that somebody deletes while it is waited for: success for helm 3, a timeout for helm 4',
    shows: 'deleted while waited for',
    steps: [install([v1, hook('gone', { on: 'pre-install', runsFor: '10m' })], { timeout: '6s', onceRuns: { object: 'Job/gone', then: 'delete' } })],
  },
  {
    id: 'failure-interrupted',
    does: 'records a failure after Ctrl-C, and lets the hook run on',
    shows: 'signals',
    steps: [install([v1, hook('slow', { on: 'pre-install', runsFor: '10m' })], { onceRuns: { object: 'Job/slow', then: 'SIGINT' } })],
  },
  {
    id: 'failure-killed',
    does: 'is locked for ever after it was killed: neither upgrade nor install is possible, uninstall is',
    shows: 'signals',
    steps: [
      install([v1, hook('slow', { on: 'pre-install', runsFor: '10m' })], { onceRuns: { object: 'Job/slow', then: 'SIGKILL' } }),
      upgrade([v2]),
      install([v2]),
      uninstall(),
    ],
  },
  {
    id: 'failure-killed-in-an-upgrade',
    does: 'is locked after it was killed in an upgrade, until a rollback',
    shows: 'signals',
    steps: [install([v1]), upgrade([v2, hook('slow', { on: 'pre-upgrade', runsFor: '10m' })], { onceRuns: { object: 'Job/slow', then: 'SIGKILL' } }), upgrade([v3]), rollback(1)],
  },
  {
    id: 'failure-a-job-removed-by-its-ttl',
    does: 'takes the verdict of a Job that Kubernetes removes as soon as it has finished',
    shows: 'deleted while waited for',
    steps: [install([v1, hookOf({ ...job('brief'), spec: { ...(job('brief').spec as object), ttlSecondsAfterFinished: 0 } }, { on: 'post-install' })], { timeout: '8s' })],
  },
];
