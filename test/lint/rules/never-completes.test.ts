import { neverCompletes } from '../../../src/lint/rules/never-completes';
import { hook, job } from '../objects';
import { cases } from './cases';

cases(neverCompletes, {
  bad: [
    ['a Deployment', ['a Deployment as a hook'], hook('Deployment', { apiVersion: 'apps/v1' })],
    ['a CronJob', ['a CronJob as a hook'], hook('CronJob', { apiVersion: 'batch/v1' })],
  ],
  good: [['a Job', job()], ['a ConfigMap', hook('ConfigMap')], ['a custom resource', hook('Deployment', { apiVersion: 'example.com/v1' })]],
});
