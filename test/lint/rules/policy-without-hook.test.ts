import { policyWithoutHook } from '../../../src/lint/rules/policy-without-hook';
import { job, resource } from '../objects';
import { cases } from './cases';

cases(policyWithoutHook, {
  bad: [
    ['a delete policy', ['helm.sh/hook-delete-policy'], resource('Job', 'migrate', { 'helm.sh/hook-delete-policy': 'hook-failed' }, 'batch/v1')],
    ['a log policy', ['helm.sh/hook-output-log-policy'], resource('Job', 'migrate', { 'helm.sh/hook-output-log-policy': 'hook-failed' }, 'batch/v1')],
  ],
  good: [
    ['a hook', job()],
    ['a weight, which Argo CD reads of resources, too', resource('ConfigMap', 'settings', { 'helm.sh/hook-weight': '1' })],
  ],
});
