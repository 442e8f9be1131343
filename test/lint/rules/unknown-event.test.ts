import { unknownEvent } from '../../../src/lint/rules/unknown-event';
import { hook, job, pod, resource } from '../objects';
import { cases } from './cases';

cases(unknownEvent, {
  bad: [
    ['a typo', ['helm.sh/hook names "pre-instal"'], job({ on: 'pre-instal' })],
    ['one of several', ['names "pre-upgarde"'], job({ on: 'post-install, pre-upgarde' })],
    ['an underscore', ['names "pre_install"'], job({ on: 'pre_install' })],
    ['a word of Helm 2', ['names "crd-install"'], hook('CustomResourceDefinition', { on: 'crd-install' })],
    ['nothing', ['names no event'], job({ on: ' ' })],
    ['a comma too many', ['names ""'], job({ on: 'pre-install,' })],
  ],
  good: [
    ['every event', ...['pre-install', 'post-install', 'pre-upgrade', 'post-upgrade', 'pre-rollback', 'post-rollback', 'pre-delete', 'post-delete', 'test'].map((on) => job({ on }))],
    ['spaces and capitals', job({ on: ' Pre-Install ,post-install' })],
    ['the old name of test', pod({ on: 'test-success' })],
    ['an event of ours', job({ on: 'pre-rollback-from-source' })],
    ['in a chart: an expression', job({ on: '{{ .Values.event }}' })],
    ['a resource', resource('ConfigMap', 'settings')],
  ],
});
