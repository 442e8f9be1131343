import { annotationNotString } from '../../../src/lint/rules/annotation-not-string';
import { job, resource } from '../objects';
import { cases } from './cases';

cases(annotationNotString, {
  bad: [
    ['a number', ['metadata.annotations["helm.sh/hook-weight"] is a number'], job({ annotations: { 'helm.sh/hook-weight': 5 } })],
    ['a truth, on a resource', ['metadata.annotations["on"] is a boolean'], resource('ConfigMap', 'settings', { on: true })],
    ['a map', ['is a map or a list'], resource('ConfigMap', 'settings', { on: {} })],
    ['a label', ['metadata.labels["version"] is a number'], job({ metadata: { labels: { version: 2 } } })],
    ['a list in place of the map', ['metadata.labels is not a map'], job({ metadata: { labels: ['a'] } })],
  ],
  good: [
    ['text', job({ annotations: { 'helm.sh/hook-weight': '5' } })],
    ['nothing', job({ annotations: { note: null }, metadata: { labels: null } })],
  ],
});
