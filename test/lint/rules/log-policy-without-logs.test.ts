import { logPolicyWithoutLogs } from '../../../src/lint/rules/log-policy-without-logs';
import { hook, job, pod } from '../objects';
import { cases } from './cases';

cases(logPolicyWithoutLogs, {
  bad: [['a ConfigMap', ['stands on a ConfigMap'], hook('ConfigMap', { annotations: { 'helm.sh/hook-output-log-policy': 'hook-failed' } })]],
  good: [
    ['a Job', job({ annotations: { 'helm.sh/hook-output-log-policy': 'hook-failed' } })],
    ['a Pod', pod({ annotations: { 'helm.sh/hook-output-log-policy': 'hook-failed' } })],
    ['a ConfigMap without', hook('ConfigMap')],
  ],
});
