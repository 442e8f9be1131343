import { Behaviour } from '../behaviour';
import { annotated, configMap, hook, hookOf, job } from '../manifests';
import { install, rollback, runTests, uninstall, upgrade } from '../steps';

const v1 = configMap('settings', { a: '1' });
const v2 = configMap('settings', { a: '2' });
const EVERY = ['install', 'upgrade', 'rollback', 'delete'].flatMap((operation) => [`pre-${operation}`, `post-${operation}`]);

/** When hooks run, and what makes an object a hook. */
export const EVENTS: readonly Behaviour[] = [
  {
    id: 'events-install',
    does: 'runs pre-install hooks before the resources and post-install hooks after them',
    shows: 'hook events',
    steps: [install([hook('after', { on: 'post-install' }), hook('before', { on: 'pre-install' }), v1])],
  },
  {
    id: 'events-upgrade-runs-the-new-hooks',
    does: 'runs in an upgrade the hooks of the new revision',
    shows: 'hook events',
    steps: [install([v1, hook('old', { on: 'pre-upgrade,post-upgrade' })]), upgrade([v2, hook('new', { on: 'pre-upgrade,post-upgrade' })])],
  },
  {
    id: 'events-rollback-runs-the-target-hooks',
    does: 'runs in a rollback the hooks of the revision that it goes back to',
    shows: 'hook events',
    steps: [
      install([v1, hook('old', { on: 'pre-rollback' }), hook('late', { on: 'post-rollback' })]),
      upgrade([v2, hook('new', { on: 'pre-rollback,post-rollback' })]),
      rollback(1),
    ],
  },
  {
    id: 'events-post-delete',
    does: 'runs post-delete hooks when the resources are gone',
    shows: 'hook events',
    steps: [install([v1, hook('after', { on: 'post-delete' })]), uninstall()],
  },
  {
    id: 'events-pre-delete',
    does: 'runs pre-delete hooks before the resources go',
    shows: 'hook events',
    steps: [install([v1, hook('before', { on: 'pre-delete' })]), uninstall()],
  },
  {
    id: 'events-delete-hooks-of-the-last-revision',
    does: 'runs the delete hooks of the last revision alone',
    shows: 'hook events',
    steps: [install([v1, hook('old', { on: 'post-delete' })]), upgrade([v2, hook('new', { on: 'post-delete' })]), uninstall()],
  },
  {
    id: 'events-all-of-them',
    does: 'runs one hook at every event of a life',
    shows: 'hook events',
    steps: [install([v1, hook('always', { on: EVERY.join(',') })]), upgrade([v2, hook('always', { on: EVERY.join(',') })]), rollback(), uninstall()],
  },
  {
    id: 'events-twice-the-same',
    does: 'runs a hook twice whose event is named twice',
    shows: 'event list',
    steps: [install([v1, hook('twice', { on: 'pre-install,pre-install' })])],
  },
  {
    id: 'events-in-any-case-and-with-spaces',
    does: 'reads events in any case and with spaces around them',
    shows: 'event list',
    steps: [install([hook('both', { on: ' Post-Install , PRE-INSTALL ', policy: 'hook-succeeded' }), v1])],
  },
  {
    id: 'events-an-unknown-one-drops-the-object',
    does: 'drops an object with an unknown event: an upgrade deletes it',
    shows: 'unknown event',
    steps: [install([v1, configMap('victim')]), upgrade([v1, hookOf(configMap('victim'), { on: 'after-install' })], { raw: true })],
  },
  {
    id: 'events-one-unknown-among-known-ones',
    does: 'drops an object with one unknown event among known ones: nothing runs',
    shows: 'unknown event',
    steps: [install([v1, hook('lost', { on: 'pre-install,crd-install' })], { raw: true }), upgrade([v2, hook('lost', { on: 'pre-upgrade,test-failure' })], { raw: true })],
  },
  {
    id: 'events-an-empty-one-drops-the-object',
    does: 'takes an empty event for an unknown one',
    shows: 'unknown event',
    steps: [install([v1, hookOf(configMap('lost'), { on: '' }), hook('work', { on: 'post-install' })], { raw: true })],
  },
  {
    id: 'events-test-hooks-wait-for-the-test',
    does: 'runs no test hook in an install, an upgrade or an uninstall',
    shows: 'test hooks',
    steps: [install([v1, hook('check', { on: 'test' })]), upgrade([v2, hook('check', { on: 'test-success' })]), uninstall()],
  },
  {
    id: 'events-hooks-are-no-resources',
    does: 'leaves what hooks have made when the release goes',
    shows: 'hooks on uninstall',
    steps: [install([v1, hook('migrate', { on: 'post-install' }), hookOf(configMap('input'), { on: 'pre-install' })]), uninstall()],
  },
  {
    id: 'events-only-hooks',
    does: 'installs, upgrades and uninstalls a release of nothing but hooks',
    shows: 'hook events',
    steps: [install([hook('work', { on: 'post-install,pre-upgrade' })]), upgrade([hook('work', { on: 'post-install,pre-upgrade' })]), uninstall()],
  },
  {
    id: 'events-of-the-revision-that-is-left',
    does: 'drops a hook of pre-rollback-from-source, and runs nothing of the revision that a rollback leaves',
    shows: 'unknown event',
    steps: [install([v1]), upgrade([v2, hook('down', { on: 'pre-rollback-from-source' })], { raw: true }), rollback(1)],
  },
  {
    id: 'events-on-failure',
    does: 'drops a hook of on-failure, and runs nothing when an upgrade has failed',
    shows: 'unknown event',
    steps: [
      install([v1]),
      upgrade([v2, hook('migrate', { on: 'pre-upgrade', fails: true }), hook('notify', { on: 'on-failure' })], { raw: true }),
    ],
  },
  {
    id: 'events-always',
    does: 'ignores that a hook is to run in any case: after a failure it does not',
    shows: 'stored outcome',
    steps: [
      install([v1]),
      upgrade([v2, hook('migrate', { on: 'pre-upgrade', fails: true }), annotated(hook('page-down', { on: 'post-upgrade' }), { 'cdk8s-lifecycle/always': 'true' })]),
    ],
  },
  {
    id: 'events-test',
    does: 'runs test hooks on request, and records how they ended',
    shows: 'test hooks',
    needs: 'cdk8s-lifecycle test',
    steps: [install([v1, hookOf(job('check'), { on: 'test-success' }), hookOf(job('first'), { on: 'test', weight: '-1' })]), runTests()],
  },
  {
    id: 'events-failing-test',
    does: 'leaves the release deployed when a test fails',
    shows: 'test hooks',
    needs: 'cdk8s-lifecycle test',
    steps: [install([v1, hook('check', { on: 'test', fails: true, policy: 'hook-failed' })]), runTests()],
  },
];
