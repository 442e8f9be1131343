import { unknownResourcePolicy } from '../../../src/lint/rules/unknown-resource-policy';
import { hook, resource } from '../objects';
import { cases } from './cases';

cases(unknownResourcePolicy, {
  bad: ['delete', 'Keep', ' keep', ''].map((policy) => [JSON.stringify(policy), [`is ${JSON.stringify(policy)}`], resource('Secret', 'a', { 'helm.sh/resource-policy': policy })] as const),
  good: [
    ['keep', resource('Secret', 'a', { 'helm.sh/resource-policy': 'keep' })],
    ['a hook, which another rule tells of', hook('Secret', { annotations: { 'helm.sh/resource-policy': 'delete' } })],
    ['in a chart: an expression', resource('Secret', 'a', { 'helm.sh/resource-policy': '{{ .Values.policy }}' })],
  ],
});
