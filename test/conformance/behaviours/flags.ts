import { Behaviour } from '../behaviour';
import { configMap, hook, service } from '../manifests';
import { install, rollback, runTests, somebodyApplies, uninstall, upgrade } from '../steps';

const v1 = configMap('settings', { a: '1' });
const v2 = configMap('settings', { a: '2' });
const v3 = configMap('settings', { a: '3' });
const failing = (on: string) => hook('work', { on, fails: true });
const broken = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'broken' }, spec: { ports: [{ port: 99999 }] } };

/** What flags change. */
export const FLAGS: readonly Behaviour[] = [
  {
    id: 'flags-no-hooks',
    does: 'runs no hooks with --no-hooks, and records them',
    shows: '--no-hooks',
    needs: '--no-hooks',
    steps: [
      install([v1, hook('work', { on: 'pre-install,post-upgrade,pre-rollback,post-delete' })], { also: ['--no-hooks'] }),
      upgrade([v2, hook('work', { on: 'pre-install,post-upgrade,pre-rollback,post-delete' })], { also: ['--no-hooks'] }),
      rollback(1, { also: ['--no-hooks'] }),
      uninstall({ also: ['--no-hooks'] }),
    ],
  },
  {
    id: 'flags-atomic-install',
    does: 'uninstalls an install that failed, with its delete hooks',
    shows: '--rollback-on-failure',
    needs: '--rollback-on-failure',
    steps: [install([v1, failing('post-install'), hook('last', { on: 'post-delete' })], { rollbackOnFailure: true })],
  },
  {
    id: 'flags-atomic-upgrade',
    does: 'goes back to the deployed revision when an upgrade failed, with its rollback hooks',
    shows: '--rollback-on-failure',
    needs: '--rollback-on-failure',
    steps: [install([v1, hook('back', { on: 'pre-rollback' })]), upgrade([v2, configMap('extra'), failing('post-upgrade')], { rollbackOnFailure: true })],
  },
  {
    id: 'flags-cleanup-on-fail',
    does: 'deletes what a failed upgrade has created',
    shows: '--cleanup-on-fail',
    needs: '--cleanup-on-fail',
    steps: [install([v1]), upgrade([v2, configMap('extra'), failing('post-upgrade')], { also: ['--cleanup-on-fail'] })],
  },
  {
    id: 'flags-cleanup-on-fail-of-the-apply',
    does: 'deletes what an upgrade has created whose apply failed',
    shows: '--cleanup-on-fail',
    needs: '--cleanup-on-fail',
    steps: [install([v1]), upgrade([v2, configMap('extra'), broken], { also: ['--cleanup-on-fail'] })],
  },
  {
    id: 'flags-history-max',
    does: 'keeps as many revisions as --history-max says',
    shows: 'history',
    needs: '--history-max',
    steps: [install([v1]), upgrade([v2]), upgrade([v3], { also: ['--history-max=2'] }), upgrade([v1], { also: ['--history-max=2'] })],
  },
  {
    id: 'flags-history-max-spares-the-deployed-one',
    does: 'never prunes the deployed revision',
    shows: 'history',
    needs: '--history-max',
    steps: [install([v1]), ...[1, 2, 3].map(() => upgrade([v2, failing('pre-upgrade')], { also: ['--history-max=2'] }))],
  },
  {
    id: 'flags-keep-history',
    does: 'keeps the records of what it uninstalls, and goes back from there',
    shows: '--keep-history',
    needs: '--keep-history',
    steps: [install([v1]), upgrade([v2]), uninstall({ also: ['--keep-history'] }), rollback(1)],
  },
  {
    id: 'flags-keep-history-then-purge',
    does: 'purges what was uninstalled with its history, without its hooks',
    shows: '--keep-history',
    needs: '--keep-history',
    steps: [install([v1, hook('last', { on: 'post-delete' })]), uninstall({ also: ['--keep-history'] }), uninstall()],
  },
  {
    id: 'flags-keep-history-then-upgrade-or-install',
    does: 'installs over a kept history with upgrade --install',
    shows: '--keep-history',
    needs: '--keep-history',
    steps: [install([v1]), uninstall({ also: ['--keep-history'] }), upgrade([v2, hook('work', { on: 'pre-install,pre-upgrade' })], { orInstall: true })],
  },
  {
    id: 'flags-take-ownership',
    does: 'takes an object of somebody else: helm 3 adopts it, helm 4 stops at the conflict of fields',
    shows: '--take-ownership',
    needs: '--take-ownership',
    steps: [somebodyApplies(configMap('settings', { a: 'theirs' })), install([v1, hook('work', { on: 'pre-install' })], { also: ['--take-ownership'] })],
  },
  {
    id: 'flags-cascade-orphan',
    does: 'leaves what controllers have made with --cascade orphan',
    shows: '--cascade',
    needs: '--cascade',
    steps: [install([v1, service('app')]), uninstall({ also: ['--cascade=orphan'] })],
  },
  {
    id: 'flags-test-filter',
    does: 'runs only the tests that --filter names',
    shows: 'test hooks',
    needs: 'cdk8s-lifecycle test',
    steps: [install([v1, hook('a', { on: 'test' }), hook('b', { on: 'test' })]), runTests({ also: ['--filter=name=b'] })],
  },
  {
    id: 'flags-test-filter-of-an-unknown-name',
    does: 'runs nothing for a name that no test has, and calls it a success',
    shows: 'test hooks',
    needs: 'cdk8s-lifecycle test',
    steps: [install([v1, hook('a', { on: 'test' })]), runTests({ also: ['--filter=name=other'] })],
  },
];
