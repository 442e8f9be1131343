import { hookAndResource } from '../../../src/lint/rules/hook-and-resource';
import { hook, resource } from '../objects';
import { cases } from './cases';

cases(hookAndResource, {
  bad: [
    ['one ServiceAccount', ['ServiceAccount/migrator is a resource of the release, too'], hook('ServiceAccount', { name: 'migrator' }), resource('ServiceAccount', 'migrator')],
    ['another version of it', ['is a resource'], hook('CronJob', { name: 'a', apiVersion: 'batch/v1' }), resource('CronJob', 'a', {}, 'batch/v1beta1')],
  ],
  good: [
    ['another name', hook('ServiceAccount', { name: 'migrator' }), resource('ServiceAccount', 'web')],
    ['another kind', hook('ServiceAccount', { name: 'web' }), resource('ConfigMap', 'web')],
    ['another group', hook('Ingress', { name: 'a', apiVersion: 'networking.k8s.io/v1' }), resource('Ingress', 'a', {}, 'example.com/v1')],
    ['another namespace', hook('ConfigMap', { name: 'a', metadata: { namespace: 'other' } }), resource('ConfigMap', 'a')],
    ['one hook for each event', hook('ConfigMap', { on: 'pre-install' }), hook('ConfigMap', { on: 'pre-upgrade' })],
    ['in a chart: two names of a template', hook('ConfigMap', { name: '{{ .a }}' }), resource('ConfigMap', '{{ .a }}')],
  ],
});
