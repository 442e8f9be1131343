import { restartPolicy } from '../../../src/lint/rules/restart-policy';
import { job, pod } from '../objects';
import { cases } from './cases';

cases(restartPolicy, {
  bad: [
    ['a Job', ['restartPolicy is Always, which the API server refuses'], job({ pod: { restartPolicy: 'Always' } })],
    ['a Job by default', ['restartPolicy is Always by default'], job({ pod: { restartPolicy: undefined } })],
    ['a Pod by default', ['so the Pod never ends'], pod({ pod: { restartPolicy: undefined } })],
  ],
  good: [
    ['Never', job(), pod()],
    ['OnFailure', job({ pod: { restartPolicy: 'OnFailure' } })],
    ['in a chart: an expression', job({ pod: { restartPolicy: '{{ .Values.restart }}' } })],
    ['a Job of another group', { ...job({ pod: { restartPolicy: undefined } }), apiVersion: 'batch.volcano.sh/v1alpha1' }],
  ],
});
