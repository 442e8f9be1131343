import { Behaviour } from '../behaviour';
import { configMap, hook } from '../manifests';
import { install } from '../steps';

/** In which order the hooks of an event run. */
export const ORDER: readonly Behaviour[] = [
  {
    id: 'weight-before-name',
    does: 'the lighter hook runs first, whatever the names',
    shows: 'hook order',
    steps: [install([configMap('settings'), hook('a', { on: 'pre-install', weight: '5' }), hook('b', { on: 'pre-install', weight: '-5' })])],
  },
  {
    id: 'name-breaks-ties',
    does: 'hooks of equal weight run by name',
    shows: 'hook order',
    steps: [install([configMap('settings'), hook('b', { on: 'pre-install' }), hook('a', { on: 'pre-install' })])],
  },
];
