import { badWeight } from '../../../src/lint/rules/bad-weight';
import { job, resource } from '../objects';
import { cases } from './cases';

cases(badWeight, {
  bad: ['1.5', ' -5', '-2,-1', '0x10', 'first', ''].map((weight) => [JSON.stringify(weight), [`is "${weight}", not an integer`], job({ weight })] as const),
  good: [
    ...['0', '-5', '+3', '-007', '1000000'].map((weight) => [JSON.stringify(weight), job({ weight })] as const),
    ['none', job()],
    ['in a chart: an expression', job({ weight: '{{ .Values.weight }}' })],
    ['a resource, whose weight is none', resource('ConfigMap', 'settings', { 'helm.sh/hook-weight': 'first' })],
  ],
});
