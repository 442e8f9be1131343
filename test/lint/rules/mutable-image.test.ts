import { mutableImage } from '../../../src/lint/rules/mutable-image';
import { job, pod, resource } from '../objects';
import { cases } from './cases';

cases(mutableImage, {
  bad: [
    ['no tag', ['the image shop has no tag'], job({ container: { image: 'shop' } })],
    ['a port and no tag', ['the image registry.example.com:5000/shop has no tag'], job({ container: { image: 'registry.example.com:5000/shop' } })],
    ['latest', ['the image shop:latest has the tag latest'], pod({ container: { image: 'shop:latest' } })],
    ['of an init container', ['the image tool has no tag'], job({ pod: { initContainers: [{ name: 'init', image: 'tool' }] } })],
  ],
  good: [
    ['a version', job({ container: { image: 'registry.example.com:5000/shop:2.0' } })],
    ['a digest', job({ container: { image: `shop@sha256:${'0'.repeat(64)}` } })],
    ['in a chart: an expression', job({ container: { image: '{{ .Values.image }}' } })],
    ['a resource', resource('Pod', 'a')],
    ['none', job({ container: { image: undefined } })],
  ],
});
