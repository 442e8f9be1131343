import { needsLaterHook } from '../../../src/lint/rules/needs-later-hook';
import { hook, job } from '../objects';
import { cases } from './cases';

cases(needsLaterHook, {
  bad: [
    ['equal weights, by name', ['at pre-install it needs ServiceAccount/my-sa'], job({ name: 'my-job', on: 'pre-install', pod: { serviceAccountName: 'my-sa' } }), hook('ServiceAccount', { name: 'my-sa', on: 'pre-install' })],
    ['a higher weight', ['at pre-install it needs ConfigMap/a'], job({ on: 'pre-install', container: { envFrom: [{ configMapRef: { name: 'a' } }] } }), hook('ConfigMap', { name: 'a', on: 'pre-install', weight: '5' })],
    ['a later event', ['at pre-install it needs ConfigMap/a'], job({ on: 'pre-install', container: { envFrom: [{ configMapRef: { name: 'a' } }] } }), hook('ConfigMap', { name: 'a', on: 'post-install' })],
    ['an event that may never come', ['at pre-delete it needs ConfigMap/a'], job({ on: 'pre-delete', container: { envFrom: [{ configMapRef: { name: 'a' } }] } }), hook('ConfigMap', { name: 'a', on: 'pre-upgrade' })],
  ],
  good: [
    ['a lower weight', job({ on: 'pre-install', pod: { serviceAccountName: 'my-sa' } }), hook('ServiceAccount', { name: 'my-sa', on: 'pre-install', weight: '-1' })],
    ['equal weights, by name', job({ name: 'my-job', on: 'pre-install', pod: { serviceAccountName: 'a-sa' } }), hook('ServiceAccount', { name: 'a-sa', on: 'pre-install' })],
    ['an earlier event', job({ on: 'pre-upgrade', pod: { serviceAccountName: 'my-sa' } }), hook('ServiceAccount', { name: 'my-sa', on: 'pre-install' })],
    ['a rollback, which has an upgrade behind it', job({ on: 'pre-rollback', pod: { serviceAccountName: 'my-sa' } }), hook('ServiceAccount', { name: 'my-sa', on: 'pre-upgrade' })],
    ['it is there since the last event', job({ on: 'pre-upgrade', pod: { serviceAccountName: 'my-sa' } }), hook('ServiceAccount', { name: 'my-sa', on: 'pre-install,pre-upgrade', weight: '5' })],
    ['one maker for each event', job({ on: 'pre-install', pod: { serviceAccountName: 'a' } }), hook('ServiceAccount', { name: 'a', on: 'pre-install' }), hook('ServiceAccount', { name: 'a', on: 'pre-upgrade' })],
    ['in a chart: a weight of a template', job({ on: 'pre-install', pod: { serviceAccountName: 'my-sa' } }), hook('ServiceAccount', { name: 'my-sa', on: 'pre-install', weight: '{{ .w }}' })],
    ['in a chart: names of templates', job({ name: '{{ .a }}', on: 'pre-install', pod: { serviceAccountName: '{{ .b }}' } }), hook('ServiceAccount', { name: '{{ .b }}', on: 'pre-install' })],
  ],
});
