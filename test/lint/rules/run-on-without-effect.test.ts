import { runOnWithoutEffect } from '../../../src/lint/rules/run-on-without-effect';
import { hook, job, pod } from '../objects';
import { cases } from './cases';

const CHANGE = { annotations: { 'cdk8s-lifecycle/run-on': 'change' } };

cases(runOnWithoutEffect, {
  bad: [
    ['a ConfigMap', ['has no effect on a ConfigMap, which runs nothing'], hook('ConfigMap', CHANGE)],
    ['a hook of the install alone', ['has no effect on a hook that no upgrade runs'], job({ on: 'post-install', ...CHANGE })],
    ['a test', ['has no effect on a hook that no upgrade runs'], pod(CHANGE)],
    ['tags that are trusted of a hook that runs each time', ['mutable-tags says nothing without cdk8s-lifecycle/run-on'], job({ annotations: { 'cdk8s-lifecycle/mutable-tags': 'trust' } })],
  ],
  good: [
    ['a Job of an upgrade', job({ on: 'post-install,post-upgrade', ...CHANGE })],
    ['a Pod of an upgrade', pod({ on: 'pre-upgrade', ...CHANGE })],
    ['none', job({ on: 'post-install' })],
    ['in a chart: an expression', job({ on: '{{ .Values.event }}', ...CHANGE })],
  ],
});
