import { Behaviour } from '../behaviour';
import { configMap, hook, hookOf, job, note, role, secret, serviceAccount } from '../manifests';
import { install, upgrade } from '../steps';

const settings = configMap('settings');
const on = 'pre-install';

/** In which order the hooks of an event run. */
export const ORDER: readonly Behaviour[] = [
  {
    id: 'order-weight-before-name',
    does: 'runs the lightest hook first, whatever the names',
    shows: 'hook order',
    steps: [install([settings, hook('a', { on, weight: '5' }), hook('b', { on, weight: '-5' }), hook('c', { on })])],
  },
  {
    id: 'order-name-breaks-ties',
    does: 'runs hooks of equal weight by name',
    shows: 'hook order',
    steps: [install([note('c', { on }), note('b', { on }), note('a', { on }), settings])],
  },
  {
    id: 'order-kind-does-not-count',
    does: 'runs a Job before the ServiceAccount of equal weight whose name comes later',
    shows: 'hook order',
    steps: [install([hook('my-job', { on }), hookOf(serviceAccount('my-sa'), { on }), hookOf(role('a-role'), { on })])],
  },
  {
    id: 'order-kind-breaks-the-last-tie',
    does: 'runs hooks of equal weight and equal name by the order of kinds',
    shows: 'hook order',
    steps: [install([hook('x', { on }), hookOf(configMap('x'), { on }), hookOf(secret('x'), { on }), hookOf(serviceAccount('x'), { on })])],
  },
  {
    id: 'order-names-by-byte',
    does: 'compares names byte by byte: - before . before digits before letters',
    shows: 'hook order',
    steps: [install([note('ab', { on }), note('a.b', { on }), note('a0', { on }), note('a-b', { on })])],
  },
  {
    id: 'order-numbers-in-names-are-letters',
    does: 'runs job-10 before job-9',
    shows: 'hook order',
    steps: [install([note('job-10', { on }), note('job-9', { on }), note('job-1', { on })])],
  },
  {
    id: 'order-signs-and-zeros-of-weights',
    does: 'reads +3 and -007 as 3 and -7',
    shows: 'hook weight',
    steps: [install([note('d', { on, weight: '+3' }), note('a', { on, weight: '2' }), note('b', { on, weight: '-007' }), note('c', { on })])],
  },
  {
    id: 'order-weights-are-numbers',
    does: 'runs -10 before -9 before 9 before 10',
    shows: 'hook weight',
    steps: [install([note('a', { on, weight: '10' }), note('b', { on, weight: '9' }), note('c', { on, weight: '-9' }), note('d', { on, weight: '-10' })])],
  },
  {
    id: 'order-a-bad-weight-is-zero',
    does: 'takes a weight that is no integer for 0 without a word',
    shows: 'hook weight',
    steps: [install([note('c', { on, weight: '9.5' }), note('a', { on, weight: '1' }), note('b', { on, weight: '-1' }), note('d', { on, weight: '0' })])],
  },
  {
    id: 'order-one-weight-for-all-events',
    does: 'uses the one weight of a hook at each of its events',
    shows: 'hook weight',
    steps: [install([settings, note('a', { on: 'pre-install,post-install', weight: '1' }), note('b', { on: 'post-install,pre-install' })])],
  },
  {
    id: 'order-upgrade-hooks',
    does: 'runs the hooks of an upgrade by weight, too, before and after its changes',
    shows: 'hook order',
    steps: [
      install([configMap('settings')]),
      upgrade([
        configMap('settings', { a: '2' }),
        hook('a', { on: 'post-upgrade', weight: '1' }),
        hook('b', { on: 'post-upgrade' }),
        hook('c', { on: 'pre-upgrade', weight: '1' }),
        hook('d', { on: 'pre-upgrade' }),
      ]),
    ],
  },
  {
    id: 'order-what-needs-it-is-not-known',
    does: 'runs a Job before the ConfigMap it may need where only the weight would say so',
    shows: 'hook order',
    steps: [install([hookOf(configMap('z-input'), { on }), hookOf(job('a-work'), { on, weight: '0' }), settings])],
  },
];
