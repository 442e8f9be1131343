import { badTimeout } from '../../../src/lint/rules/bad-timeout';
import { job } from '../objects';
import { cases } from './cases';

cases(badTimeout, {
  bad: ['5 minutes', '0s', '-1m', ''].map((timeout) => [JSON.stringify(timeout), [`is "${timeout}", not a duration`], job({ annotations: { 'cdk8s-lifecycle/timeout': timeout } })] as const),
  good: [
    ['a duration', job({ annotations: { 'cdk8s-lifecycle/timeout': '1h30m' } })],
    ['none', job()],
    ['in a chart: an expression', job({ annotations: { 'cdk8s-lifecycle/timeout': '{{ .Values.timeout }}' } })],
  ],
});
