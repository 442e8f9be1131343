import { policyOnHook } from '../../../src/lint/rules/policy-on-hook';
import { hook, resource } from '../objects';
import { cases } from './cases';

cases(policyOnHook, {
  bad: [['keep', ['stands on a hook'], hook('Secret', { annotations: { 'helm.sh/resource-policy': 'keep' } })]],
  good: [['a resource', resource('Secret', 'a', { 'helm.sh/resource-policy': 'keep' })], ['a hook without', hook('Secret')]],
});
