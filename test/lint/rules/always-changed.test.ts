import { alwaysChanged } from '../../../src/lint/rules/always-changed';
import { job } from '../objects';
import { cases } from './cases';

const CHANGE = { 'cdk8s-lifecycle/run-on': 'change' };
const DIGEST = `registry:5000/shop@sha256:${'0123456789abcdef'.repeat(4)}`;
const of = (image: string, annotations = {}) => job({ annotations: { ...CHANGE, ...annotations }, container: { image } });

cases(alwaysChanged, {
  bad: [
    ['a tag', ['the image shop:2.0 has no digest, so the hook runs with each upgrade'], of('shop:2.0')],
    ['something that only looks like a digest', ['the image shop@sha256:12 has no digest'], of('shop@sha256:12')],
  ],
  good: [
    ['a digest', of(DIGEST)],
    ['a tag and a digest', of(DIGEST.replace('@', ':2.0@'))],
    ['a tag that is trusted', of('shop:2.0', { 'cdk8s-lifecycle/mutable-tags': 'trust' })],
    ['a hook that runs each time anyhow', job({ container: { image: 'shop:2.0' } })],
    ['in a chart: an expression', of('{{ .Values.image }}')],
  ],
});
