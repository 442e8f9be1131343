import { hookInList } from '../../../src/lint/rules/hook-in-list';
import { job, resource } from '../objects';
import { cases } from './cases';

cases(hookInList, {
  bad: [['a List', ['Job/migrate has helm.sh/hook inside of a List'], { apiVersion: 'v1', kind: 'List', items: [job(), resource('ConfigMap', 'a'), null] }]],
  good: [['a List of resources', { apiVersion: 'v1', kind: 'List', items: [resource('ConfigMap', 'a')] }], ['a document', job()]],
});
