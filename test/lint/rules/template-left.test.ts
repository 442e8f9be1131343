import { templateLeft } from '../../../src/lint/rules/template-left';
import { job, resource } from '../objects';
import { cases } from './cases';

cases(templateLeft, {
  bad: [
    ['a name', ['metadata.name still holds'], job({ name: '{{ .Release.Name }}-migrate' })],
    ['a namespace', ['metadata.namespace still holds'], resource('ConfigMap', 'a'), job({ metadata: { namespace: '{{ .Release.Namespace }}' } })],
    ['an image', ['image still holds'], job({ container: { image: 'shop:{{ .Values.tag }}' } })],
    ['an annotation of Helm', ['the annotation helm.sh/hook-weight still holds'], job({ weight: '{{ .Values.weight }}' })],
  ],
  good: [
    ['text that may hold braces', resource('ConfigMap', 'alerts', { summary: '{{ $labels.pod }} is down' }), job({ container: { args: ['--format={{ .Name }}'] } })],
    ['in a chart: a name', job({ name: '{{ .Release.Name }}-migrate' })],
  ],
});
