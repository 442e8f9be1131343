import { jobNameTooLong } from '../../../src/lint/rules/job-name-too-long';
import { job, pod } from '../objects';
import { cases } from './cases';

cases(jobNameTooLong, {
  bad: [['64', ['has 64 characters'], job({ name: 'a'.repeat(64) })]],
  good: [['63', job({ name: 'a'.repeat(63) })], ['a Pod', pod({ name: 'a'.repeat(64) })], ['in a chart: an expression', job({ name: `{{ ${'a'.repeat(64)} }}` })]],
});
