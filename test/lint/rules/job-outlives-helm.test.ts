import { jobOutlivesHelm } from '../../../src/lint/rules/job-outlives-helm';
import { job } from '../objects';
import { cases } from './cases';

cases(jobOutlivesHelm, {
  bad: [['half an hour', ['spec.activeDeadlineSeconds is 1800'], job({ spec: { activeDeadlineSeconds: 1800 } })]],
  good: [['five minutes', job({ spec: { activeDeadlineSeconds: 300 } })], ['none', job({ spec: { activeDeadlineSeconds: undefined } })]],
});
