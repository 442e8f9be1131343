import { unknownDeletePolicy } from '../../../src/lint/rules/unknown-delete-policy';
import { job } from '../objects';
import { cases } from './cases';

cases(unknownDeletePolicy, {
  bad: [
    ['a word that people hope for', ['names "never"'], job({ policies: 'never' })],
    ['a typo', ['names "before-hook-created"'], job({ policies: 'before-hook-created,hook-succeeded' })],
    ['nothing', ['is empty'], job({ policies: '' })],
  ],
  good: [
    ['all policies', job({ policies: 'before-hook-creation, Hook-Succeeded,hook-failed' })],
    ['none', job({ policies: null })],
    ['in a chart: an expression', job({ policies: '{{ .Values.policy }}' })],
  ],
});
