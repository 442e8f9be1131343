import { duplicateEvent } from '../../../src/lint/rules/duplicate-event';
import { job, pod } from '../objects';
import { cases } from './cases';

cases(duplicateEvent, {
  bad: [
    ['twice', ['names pre-upgrade twice'], job({ on: 'pre-upgrade,pre-upgrade' })],
    ['thrice', ['names pre-upgrade twice'], job({ on: 'pre-upgrade,Pre-Upgrade,pre-upgrade' })],
    ['a synonym', ['names test twice'], pod({ on: 'test,test-success' })],
  ],
  good: [['two events', job({ on: 'pre-install,pre-upgrade' })]],
});
