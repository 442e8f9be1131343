import { jobWithoutBackoffLimit } from '../../../src/lint/rules/job-without-backoff-limit';
import { job, pod } from '../objects';
import { cases } from './cases';

cases(jobWithoutBackoffLimit, {
  bad: [['a Job', ['no spec.backoffLimit'], job({ spec: { backoffLimit: undefined } })]],
  good: [['none', job({ spec: { backoffLimit: 0 } })], ['one an index', job({ spec: { backoffLimit: undefined, backoffLimitPerIndex: 1 } })], ['a Pod', pod()]],
});
