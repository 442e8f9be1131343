import { claimAsHook } from '../../../src/lint/rules/claim-as-hook';
import { hook, resource } from '../objects';
import { cases } from './cases';

cases(claimAsHook, {
  bad: [
    ['by default', ['deletes the volume and its data at pre-upgrade'], hook('PersistentVolumeClaim', { policies: null })],
    ['as it says', ['deletes the volume and its data at pre-install, pre-upgrade'], hook('PersistentVolumeClaim', { on: 'pre-install,pre-upgrade' })],
  ],
  good: [
    ['scratch space of one event', hook('PersistentVolumeClaim', { policies: 'before-hook-creation,hook-succeeded' })],
    ['a resource', resource('PersistentVolumeClaim', 'data')],
    ['in a chart: a policy of a template', hook('PersistentVolumeClaim', { policies: '{{ .Values.policy }}' })],
  ],
});
