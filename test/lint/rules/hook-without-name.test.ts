import { hookWithoutName } from '../../../src/lint/rules/hook-without-name';
import { job } from '../objects';
import { cases } from './cases';

cases(hookWithoutName, {
  bad: [
    ['a generated name', ['metadata.generateName instead of a name'], job({ metadata: { name: undefined, generateName: 'migrate-' } })],
    ['none', ['has no metadata.name'], job({ metadata: { name: undefined } })],
  ],
  good: [['a name', job()], ['a resource', { apiVersion: 'v1', kind: 'Pod', metadata: { generateName: 'a-' } }]],
});
