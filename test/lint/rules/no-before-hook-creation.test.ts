import { noBeforeHookCreation } from '../../../src/lint/rules/no-before-hook-creation';
import { hook, job } from '../objects';
import { cases } from './cases';

cases(noBeforeHookCreation, {
  bad: [
    ['hook-succeeded alone', ['is only hook-succeeded'], job({ policies: 'hook-succeeded' })],
    ['hook-failed alone', ['is only hook-failed'], job({ policies: 'hook-failed' })],
  ],
  good: [
    ['the default', job({ policies: null })],
    ['both', job({ policies: 'before-hook-creation,hook-succeeded' })],
    ['whatever the outcome, nothing is left', job({ policies: 'hook-succeeded,hook-failed' })],
    ['in a chart: a name that is made anew', job({ policies: 'hook-succeeded', name: 'backup-{{ .Release.Revision }}' })],
    ['in a chart: an expression', job({ policies: '{{ .Values.policy }}' })],
    ['what is never deleted', hook('CustomResourceDefinition', { policies: 'hook-succeeded' })],
    ['an unknown policy, which is told by another rule', job({ policies: 'never' })],
  ],
});
