import { ttlTooShort } from '../../../src/lint/rules/ttl-too-short';
import { job } from '../objects';
import { cases } from './cases';

cases(ttlTooShort, {
  bad: [['0', ['spec.ttlSecondsAfterFinished is 0'], job({ spec: { ttlSecondsAfterFinished: 0 } })], ['5', ['is 5'], job({ spec: { ttlSecondsAfterFinished: 5 } })]],
  good: [['minutes', job({ spec: { ttlSecondsAfterFinished: 600 } })], ['none', job()]],
});
