import { badRetry } from '../../../src/lint/rules/bad-retry';
import { job } from '../objects';
import { cases } from './cases';

const retried = (retry: string) => job({ annotations: { 'cdk8s-lifecycle/retry': retry } });

cases(badRetry, {
  bad: [
    ['a number', ['is "3": it says "3", which is none of attempts, backoff, on'], retried('3')],
    ['an exit code that there is not', ['an exit code is "256"'], retried('attempts=3,on=256')],
  ],
  good: [
    ['everything', retried('attempts=3,backoff=2s,on=1|75')],
    ['none', job()],
    ['in a chart: an expression', retried('{{ .Values.retry }}')],
  ],
});
