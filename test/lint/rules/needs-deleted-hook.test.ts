import { needsDeletedHook } from '../../../src/lint/rules/needs-deleted-hook';
import { hook, job } from '../objects';
import { cases } from './cases';

cases(needsDeletedHook, {
  bad: [
    ['a later operation', ['at pre-upgrade it needs ServiceAccount/sa'], job({ on: 'pre-upgrade', pod: { serviceAccountName: 'sa' } }), hook('ServiceAccount', { name: 'sa', on: 'pre-install', policies: 'before-hook-creation,hook-succeeded' })],
    ['a later event of the operation', ['at post-upgrade it needs ConfigMap/a'], job({ on: 'post-upgrade', container: { envFrom: [{ configMapRef: { name: 'a' } }] } }), hook('ConfigMap', { name: 'a', on: 'pre-upgrade', policies: 'before-hook-creation,hook-succeeded' })],
  ],
  good: [
    ['the same event', job({ on: 'pre-install', pod: { serviceAccountName: 'a' } }), hook('ServiceAccount', { name: 'a', on: 'pre-install', policies: 'before-hook-creation,hook-succeeded' })],
    ['every event of both', job({ on: 'pre-install,pre-upgrade', pod: { serviceAccountName: 'a' } }), hook('ServiceAccount', { name: 'a', on: 'pre-install,pre-upgrade', policies: 'before-hook-creation,hook-succeeded' })],
    ['without hook-succeeded', job({ on: 'post-upgrade', pod: { serviceAccountName: 'a' } }), hook('ServiceAccount', { name: 'a', on: 'pre-install' })],
  ],
});
