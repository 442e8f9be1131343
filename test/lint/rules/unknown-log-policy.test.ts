import { unknownLogPolicy } from '../../../src/lint/rules/unknown-log-policy';
import { job } from '../objects';
import { cases } from './cases';

cases(unknownLogPolicy, {
  bad: [
    ['a word of the other annotation', ['names "before-hook-creation"'], job({ annotations: { 'helm.sh/hook-output-log-policy': 'before-hook-creation' } })],
    ['nothing', ['is empty'], job({ annotations: { 'helm.sh/hook-output-log-policy': '' } })],
  ],
  good: [
    ['both', job({ annotations: { 'helm.sh/hook-output-log-policy': 'hook-succeeded,hook-failed' } })],
    ['none', job()],
    ['in a chart: an expression', job({ annotations: { 'helm.sh/hook-output-log-policy': '{{ .Values.logs }}' } })],
  ],
});
