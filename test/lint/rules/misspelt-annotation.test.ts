import { misspeltAnnotation } from '../../../src/lint/rules/misspelt-annotation';
import { job, resource } from '../objects';
import { cases } from './cases';

cases(misspeltAnnotation, {
  bad: [
    ['a plural', ['no annotation helm.sh/hooks'], resource('ConfigMap', 'settings', { 'helm.sh/hooks': 'pre-install' })],
    ['another word', ['helm.sh/hook-deletion-policy'], job({ annotations: { 'helm.sh/hook-deletion-policy': 'hook-failed' } })],
    ['a policy', ['helm.sh/resource-policies'], resource('ConfigMap', 'settings', { 'helm.sh/resource-policies': 'keep' })],
  ],
  good: [
    ['all that there are', job({ weight: '1', annotations: { 'helm.sh/hook-output-log-policy': 'hook-failed' } })],
    ['what is not of hooks', resource('ConfigMap', 'settings', { 'helm.sh/chart': 'shop', 'helm.sh/resource-policy': 'keep' })],
    ['what was of Helm 2', job({ annotations: { 'helm.sh/hook-delete-timeout': '60' } })],
  ],
});
