import { namespaceAsHook } from '../../../src/lint/rules/namespace-as-hook';
import { hook, resource } from '../objects';
import { cases } from './cases';

cases(namespaceAsHook, {
  bad: [['by default', ['before-hook-creation deletes the namespace'], hook('Namespace', { on: 'pre-install', policies: null })]],
  good: [['a resource', resource('Namespace', 'shop')], ['a policy that deletes nothing, which another rule tells of', hook('Namespace', { policies: 'never' })]],
});
