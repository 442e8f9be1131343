import { pausedJob } from '../../../src/lint/rules/paused-job';
import { job } from '../objects';
import { cases } from './cases';

cases(pausedJob, {
  bad: [['suspended', ['spec.suspend is true'], job({ spec: { suspend: true } })], ['no parallelism', ['spec.parallelism is 0'], job({ spec: { parallelism: 0 } })]],
  good: [['running', job({ spec: { suspend: false, parallelism: 2, completions: 4 } })]],
});
