import { badMutex } from '../../../src/lint/rules/bad-mutex';
import { job } from '../objects';
import { cases } from './cases';

const under = (mutex: string) => job({ annotations: { 'cdk8s-lifecycle/mutex': mutex } });

cases(badMutex, {
  bad: [
    ['words', ['is "Orders DB": "Orders DB" is no name'], under('Orders DB')],
    ['a path', ['is "a/b/c": "b/c" is no name'], under('a/b/c')],
  ],
  good: [
    ['a name', under('orders-db')],
    ['a name in a namespace', under('shared/orders-db')],
    ['none', job()],
    ['in a chart: an expression', under('{{ .Values.mutex }}')],
  ],
});
