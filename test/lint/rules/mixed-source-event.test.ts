import { mixedSourceEvent } from '../../../src/lint/rules/mixed-source-event';
import { job } from '../objects';
import { cases } from './cases';

cases(mixedSourceEvent, {
  bad: [['a failure and an event of Helm', ['names on-failure beside post-upgrade'], job({ on: 'post-upgrade,on-failure' })], ['both', ['names pre-rollback-from-source beside pre-upgrade'], job({ on: 'pre-upgrade,pre-rollback-from-source' })]],
  good: [['a failure', job({ on: 'on-failure' })], ['ours', job({ on: 'pre-rollback-from-source,post-rollback-from-source' })], ["Helm's", job({ on: 'pre-rollback,post-rollback' })]],
});
