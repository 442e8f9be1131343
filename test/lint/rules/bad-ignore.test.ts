import { badIgnore } from '../../../src/lint/rules/bad-ignore';
import { job } from '../objects';
import { cases } from './cases';

cases(badIgnore, {
  bad: [
    ['no reason', ['ignores plain-secret without a reason'], job({ annotations: { 'cdk8s-lifecycle/lint-ignore': 'plain-secret' } })],
    ['an empty reason', ['without a reason'], job({ annotations: { 'cdk8s-lifecycle/lint-ignore': 'plain-secret: ' } })],
    ['no such rule', ['names the rule "plain-secrets", which does not exist'], job({ annotations: { 'cdk8s-lifecycle/lint-ignore': 'plain-secrets: a demo' } })],
    ['no rule', ['names no rule'], job({ annotations: { 'cdk8s-lifecycle/lint-ignore': ' ' } })],
    ['a reason with a semicolon', ['which is no rule with a reason'], job({ annotations: { 'cdk8s-lifecycle/lint-ignore': 'plain-secret: a demo; not for production' } })],
  ],
  good: [
    ['one rule', job({ annotations: { 'cdk8s-lifecycle/lint-ignore': 'plain-secret: a demo' } })],
    ['two rules', job({ annotations: { 'cdk8s-lifecycle/lint-ignore': 'plain-secret: a demo; ttl-too-short: https://example.com/why?a:b;' } })],
    ['none', job()],
  ],
});
