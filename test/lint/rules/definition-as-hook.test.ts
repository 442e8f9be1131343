import { definitionAsHook } from '../../../src/lint/rules/definition-as-hook';
import { hook, resource } from '../objects';
import { cases } from './cases';

cases(definitionAsHook, {
  bad: [['an upgrade', ['a hook of pre-upgrade fails when it exists already'], hook('CustomResourceDefinition', { on: 'pre-install,pre-upgrade', apiVersion: 'apiextensions.k8s.io/v1' })]],
  good: [
    ['the install, which comes once', hook('CustomResourceDefinition', { on: 'pre-install', apiVersion: 'apiextensions.k8s.io/v1' })],
    ['a resource', resource('CustomResourceDefinition', 'a', {}, 'apiextensions.k8s.io/v1')],
  ],
});
