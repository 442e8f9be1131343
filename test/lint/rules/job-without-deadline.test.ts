import { jobWithoutDeadline } from '../../../src/lint/rules/job-without-deadline';
import { job, pod, resource } from '../objects';
import { cases } from './cases';

cases(jobWithoutDeadline, {
  bad: [['a Job', ['no spec.activeDeadlineSeconds'], job({ spec: { activeDeadlineSeconds: undefined } })], ['null', ['no spec.activeDeadlineSeconds'], job({ spec: { activeDeadlineSeconds: null } })]],
  good: [
    ['a deadline', job()],
    ['a deadline of its Pod', job({ spec: { activeDeadlineSeconds: undefined, template: { spec: { activeDeadlineSeconds: 60 } } } })],
    ['a Pod', pod()],
    ['a resource', resource('Job', 'a', {}, 'batch/v1')],
  ],
});
