import { Behaviour } from '../behaviour';
import { configMap, hook } from '../manifests';
import { install, upgrade } from '../steps';

const v1 = configMap('settings', { a: '1' });
const v2 = configMap('settings', { a: '2' });

/** Writes that are left out of every other comparison. */
export const CLOSELY: readonly Behaviour[] = [
  {
    id: 'closely-a-hook',
    does: 'writes into the record that a hook runs, and only with the next write how it ended',
    shows: 'writes of records',
    closely: true,
    steps: [install([v1, hook('work', { on: 'pre-install' })])],
  },
  {
    id: 'closely-an-upgrade',
    does: 'supersedes the old revision before the new one is deployed',
    shows: 'writes of records',
    closely: true,
    steps: [install([v1]), upgrade([v2])],
  },
  {
    id: 'closely-pruning',
    does: 'deletes the records that are too many before it writes the new one',
    shows: 'writes of records',
    needs: '--history-max',
    closely: true,
    steps: [install([v1]), upgrade([v2]), upgrade([v1], { also: ['--history-max=2'] })],
  },
];
