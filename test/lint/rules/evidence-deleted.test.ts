import { evidenceDeleted } from '../../../src/lint/rules/evidence-deleted';
import { hook, job } from '../objects';
import { cases } from './cases';

cases(evidenceDeleted, {
  bad: [
    ['no logs', ['deletes what would tell why'], job({ policies: 'before-hook-creation,hook-failed' })],
    ['logs of the other outcome', ['deletes what would tell why'], job({ policies: 'before-hook-creation,hook-failed', annotations: { 'helm.sh/hook-output-log-policy': 'hook-succeeded' } })],
  ],
  good: [
    ['logs', job({ policies: 'before-hook-creation,hook-failed', annotations: { 'helm.sh/hook-output-log-policy': 'hook-failed' } })],
    ['it is left', job()],
    ['what has no logs', hook('ConfigMap', { policies: 'before-hook-creation,hook-failed' })],
  ],
});
