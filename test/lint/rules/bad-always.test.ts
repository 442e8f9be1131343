import { badAlways } from '../../../src/lint/rules/bad-always';
import { job } from '../objects';
import { cases } from './cases';

const hook = (on: string, always: string) => job({ on, annotations: { 'cdk8s-lifecycle/always': always } });

cases(badAlways, {
  bad: [
    ['a word', ['is "yes", neither "true" nor "false"'], hook('post-upgrade', 'yes')],
    ['a hook before its operation', ['is "true" on a hook of pre-install, pre-upgrade: only hooks of a post-event can run in any case'], hook('pre-install,pre-upgrade', 'true')],
    ['a test', ['on a hook of test'], hook('test', 'true')],
    ['one that is passed over where nothing has changed', ['on a hook that is passed over where nothing has changed (cdk8s-lifecycle/run-on)'], job({ on: 'post-upgrade', annotations: { 'cdk8s-lifecycle/always': 'true', 'cdk8s-lifecycle/run-on': 'change' } })],
    ['a hook for failures', ['on a hook of on-failure'], hook('on-failure', 'true')],
  ],
  good: [
    ['a hook that ends an operation', hook('post-upgrade', 'true')],
    ['one that begins it, too', hook('pre-upgrade,post-upgrade', 'true')],
    ['one of a rollback, as the revision that is left has it', hook('post-rollback-from-source', 'true')],
    ['no', hook('pre-upgrade', 'false')],
    ['none', job()],
    ['in a chart: an expression', hook('pre-upgrade', '{{ .Values.always }}')],
    ['in a chart: an event that is an expression', hook('{{ .Values.event }}', 'true')],
  ],
});
