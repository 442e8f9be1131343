import { Behaviour } from '../behaviour';
import { configMap, deployment, hook, job } from '../manifests';
import { install, uninstall, upgrade } from '../steps';

const v1 = configMap('settings');
const ready = deployment('app', { replicas: 1 });
const never = deployment('app', { replicas: 1, fits: false });

/** Waiting for resources. */
export const WAITING: readonly Behaviour[] = [
  { id: 'wait-ready', does: 'waits for a Deployment before the post-install hooks run', shows: 'waiting', steps: [install([ready, hook('work', { on: 'post-install' })], { wait: true })] },
  { id: 'wait-never-ready', does: 'fails an install when a Deployment never gets ready, and runs no post-install hook', shows: 'waiting', steps: [install([never, hook('work', { on: 'post-install' })], { wait: true, timeout: '3s' })] },
  { id: 'wait-not-asked-for', does: 'runs the post-install hooks beside a Deployment that is not ready', shows: 'waiting', steps: [install([never, hook('work', { on: 'post-install' })])] },
  {
    id: 'wait-never-ready-on-upgrade',
    does: 'keeps the old revision deployed when the new one never gets ready, and has pruned by then',
    shows: 'waiting',
    steps: [install([v1, configMap('old')]), upgrade([v1, never, hook('work', { on: 'post-upgrade' })], { wait: true, timeout: '3s' })],
  },
  { id: 'wait-not-for-jobs', does: 'does not wait for Jobs of the release', shows: 'waiting', steps: [install([v1, job('slow', { runsFor: '10m' })], { wait: true, timeout: '5s' })] },
  { id: 'wait-on-uninstall', does: 'waits until the resources are gone before the post-delete hooks run', shows: 'waiting', steps: [install([v1, ready, hook('work', { on: 'post-delete' })]), uninstall({ wait: true })] },
];
