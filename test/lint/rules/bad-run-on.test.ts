import { badRunOn } from '../../../src/lint/rules/bad-run-on';
import { job } from '../objects';
import { cases } from './cases';

const said = (runOn?: string, tags?: string) => job({
  annotations: {
    ...(runOn === undefined ? {} : { 'cdk8s-lifecycle/run-on': runOn }),
    ...(tags === undefined ? {} : { 'cdk8s-lifecycle/mutable-tags': tags }),
  },
});

cases(badRunOn, {
  bad: [
    ['a word that is nearly right', ['cdk8s-lifecycle/run-on is "changes", which means nothing'], said('changes')],
    ['another word', ['run-on is "always", which means nothing'], said('always')],
    ['tags that are trusted in other words', ['mutable-tags is "trusted", which means nothing'], said('change', 'trusted')],
  ],
  good: [
    ['a change', said('change')],
    ['a change, with tags that are trusted', said('change', 'trust')],
    ['none', job()],
    ['in a chart: an expression', said('{{ .Values.runOn }}', '{{ .Values.tags }}')],
  ],
});
