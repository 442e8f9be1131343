import { Behaviour } from '../behaviour';
import { configMap, hook, secret, service } from '../manifests';
import { install, rollback, uninstall, upgrade } from '../steps';

const v1 = configMap('settings', { a: '1' });
const v2 = configMap('settings', { a: '2' });
const v3 = configMap('settings', { a: '3' });

/** The life of a release without hooks. */
export const RELEASES: readonly Behaviour[] = [
  { id: 'release-install', does: 'installs resources and owns them', shows: 'install', steps: [install([v1])] },
  { id: 'release-install-twice', does: 'refuses to install a name that is in use', shows: 'free names', steps: [install([v1]), install([v2])] },
  { id: 'release-upgrade', does: 'changes what has changed', shows: 'upgrade', steps: [install([v1, configMap('same')]), upgrade([v2, configMap('same')])] },
  { id: 'release-upgrade-nothing-new', does: 'makes a revision although nothing has changed', shows: 'upgrade', steps: [install([v1]), upgrade([v1])] },
  { id: 'release-upgrade-of-nothing', does: 'refuses to upgrade what is not installed', shows: 'upgrade', steps: [upgrade([v1])] },
  {
    id: 'release-upgrade-or-install',
    does: 'installs with upgrade --install, with the hooks of an install, and upgrades the second time',
    shows: 'upgrade --install',
    steps: [upgrade([v1, hook('work', { on: 'post-install,pre-upgrade' })], { orInstall: true }), upgrade([v2, hook('work', { on: 'post-install,pre-upgrade' })], { orInstall: true })],
  },
  {
    id: 'release-upgrade-or-install-after-a-failed-install',
    does: 'upgrades with upgrade --install what has failed to install: upgrade hooks run, install hooks do not',
    shows: 'upgrade --install',
    steps: [upgrade([v1, hook('work', { on: 'pre-install', fails: true })], { orInstall: true }), upgrade([v1, hook('work', { on: 'pre-install' }), hook('next', { on: 'post-upgrade' })], { orInstall: true })],
  },
  {
    id: 'release-prune',
    does: 'deletes what the new revision no longer holds, in the order of installation, after it has created what is new',
    shows: 'pruning',
    steps: [install([v1, service('a'), configMap('b'), secret('c')]), upgrade([v1, configMap('new')])],
  },
  {
    id: 'release-rollback',
    does: 'goes back to the revision before, as a new one',
    shows: 'rollback',
    steps: [install([v1]), upgrade([v2]), rollback()],
  },
  {
    id: 'release-rollback-to-a-revision',
    does: 'goes back to any revision: creates what it had and deletes what came later',
    shows: 'rollback',
    steps: [install([v1, configMap('dropped')]), upgrade([v2]), upgrade([v3, configMap('added')]), rollback(1)],
  },
  { id: 'release-rollback-to-nothing', does: 'refuses to go back before the first revision', shows: 'rollback', steps: [install([v1]), rollback()] },
  { id: 'release-rollback-too-far', does: 'refuses to go back to a revision that is not there', shows: 'rollback', steps: [install([v1]), upgrade([v2]), rollback(7)] },
  { id: 'release-rollback-to-itself', does: 'goes back to the revision that is deployed', shows: 'rollback', steps: [install([v1]), upgrade([v2]), rollback(2)] },
  { id: 'release-uninstall', does: 'deletes the resources, then every record', shows: 'uninstall', steps: [install([v1]), upgrade([v2]), uninstall()] },
  { id: 'release-uninstall-twice', does: 'refuses to uninstall what is not there', shows: 'uninstall', steps: [install([v1]), uninstall(), uninstall()] },
  { id: 'release-install-again', does: 'installs a name again that was uninstalled', shows: 'free names', steps: [install([v1]), uninstall(), install([v2])] },
  { id: 'release-two-in-a-namespace', does: 'keeps two releases of a namespace apart', shows: 'install', steps: [install([v1]), install([configMap('theirs')], { release: 'api' }), uninstall()] },
  {
    id: 'release-history-of-ten',
    does: 'keeps ten revisions',
    shows: 'history',
    steps: [install([configMap('count', { n: '1' })]), ...[2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((n) => upgrade([configMap('count', { n: `${n}` })]))],
  },
  { id: 'release-dry-run-install', does: 'leaves nothing of a dry run of an install', shows: 'dry run', steps: [install([v1, hook('work', { on: 'pre-install' })], { dryRun: true }), upgrade([v1])] },
  {
    id: 'release-dry-run-later',
    does: 'changes nothing in dry runs of an upgrade, a rollback and an uninstall',
    shows: 'dry run',
    steps: [install([v1]), upgrade([v2, hook('work', { on: 'pre-upgrade' })], { dryRun: true }), upgrade([v2]), rollback(1, { dryRun: true }), uninstall({ dryRun: true })],
  },
  { id: 'release-create-namespace', does: 'creates the namespace of the release, before its record', shows: 'namespaces', steps: [install([v1], { createNamespace: true })] },
  { id: 'release-create-namespace-that-is-there', does: 'takes a namespace that is there', shows: 'namespaces', steps: [install([v1]), install([v1], { release: 'api', createNamespace: true })] },
];
