import { Behaviour } from '../behaviour';
import {
  annotated, clusterRole, configMap, deployment, hook, inNamespace, job, namespaceOf, role, roleBinding, secret, service, serviceAccount, widget,
  widgetDefinition,
} from '../manifests';
import { install, rollback, somebodyApplies, somebodyRemoves, uninstall, upgrade } from '../steps';

const KEEP = { 'helm.sh/resource-policy': 'keep' };
const v1 = configMap('settings', { a: '1', b: '1' });
const kept = annotated(configMap('kept'), KEEP);
const OWN = { 'meta.helm.sh/release-name': 'web', 'meta.helm.sh/release-namespace': 'NAMESPACE' };
const broken = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'broken' }, spec: { ports: [{ port: 99999 }] } };
const zoo = [
  deployment('app'), service('app'), configMap('app'), secret('app'), serviceAccount('app'), role('app'), roleBinding('app'), clusterRole(), job('app'),
  { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'app' }, spec: { minAvailable: 0, selector: { matchLabels: { app: 'app' } } } },
  { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'app' }, spec: { podSelector: {} } },
  { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'app' }, spec: { hard: { pods: '100' } } },
];

/** What happens to the objects of a release. */
export const RESOURCES: readonly Behaviour[] = [
  { id: 'resources-order-of-kinds', does: 'creates kinds in one order and deletes them in another', shows: 'order of kinds', steps: [install(zoo), uninstall()] },
  { id: 'resources-field-dropped', does: 'drops a field that the new revision does not say', shows: 'apply', steps: [install([v1]), upgrade([configMap('settings', { a: '2' })])] },
  { id: 'resources-list-item-dropped', does: 'drops an item of a list', shows: 'apply', steps: [install([service('app', [80, 81, 82])]), upgrade([service('app', [80, 82])]), rollback(1)] },
  {
    id: 'resources-drift-in-another-field',
    does: 'leaves a field that somebody else has set',
    shows: 'apply',
    steps: [install([v1]), somebodyApplies({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { theirs: '1' } }), upgrade([configMap('settings', { a: '2' })])],
  },
  {
    id: 'resources-drift-in-the-same-field',
    does: 'a field that somebody else has taken: helm 3 takes it back, helm 4 stops at the conflict',
    shows: 'apply',
    steps: [install([v1]), somebodyApplies({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { a: 'theirs' } }), upgrade([configMap('settings', { a: '2' })])],
  },
  {
    id: 'resources-made-again',
    does: 'creates again what somebody has deleted',
    shows: 'apply',
    steps: [install([v1, configMap('victim')]), somebodyRemoves(configMap('victim')), upgrade([v1, configMap('victim', { a: '2' })])],
  },
  {
    id: 'resources-gone-before-they-are-pruned',
    does: 'prunes and uninstalls what is already gone without a complaint',
    shows: 'pruning',
    steps: [install([v1, configMap('victim')]), somebodyRemoves(configMap('victim')), upgrade([v1]), somebodyRemoves(v1), uninstall()],
  },
  { id: 'resources-keep-on-uninstall', does: 'keeps on uninstall what says keep, in any case', shows: 'resource policy', steps: [install([v1, annotated(configMap('kept'), { 'helm.sh/resource-policy': ' Keep ' })]), uninstall()] },
  { id: 'resources-keep-on-upgrade', does: 'keeps what an upgrade drops and says keep, and an uninstall does not know it any more', shows: 'resource policy', steps: [install([v1, kept]), upgrade([v1]), uninstall()] },
  {
    id: 'resources-keep-in-another-case-on-upgrade',
    does: 'prunes on an upgrade what says Keep: there the word must be exact',
    shows: 'resource policy',
    steps: [install([v1, annotated(configMap('kept'), { 'helm.sh/resource-policy': 'Keep' })]), upgrade([v1])],
  },
  {
    id: 'resources-keep-by-the-live-object',
    does: 'heeds on an upgrade what somebody has put on the live object, and on an uninstall only the manifest',
    shows: 'resource policy',
    steps: [
      install([v1, configMap('one'), configMap('two')]),
      somebodyApplies({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'one', annotations: KEEP } }),
      somebodyApplies({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'two', annotations: KEEP } }),
      upgrade([v1, configMap('two')]),
      uninstall(),
    ],
  },
  {
    id: 'resources-another-policy-than-keep',
    does: 'a resource policy that nobody knows keeps the object from being deleted on uninstall',
    shows: 'resource policy',
    steps: [install([v1, annotated(configMap('odd'), { 'helm.sh/resource-policy': 'delete' })]), uninstall()],
  },
  { id: 'resources-kept-one-taken-back', does: 'takes back into the release what it had kept', shows: 'ownership', steps: [install([v1, kept]), upgrade([v1]), upgrade([v1, configMap('kept', { a: '2' })]), uninstall()] },
  { id: 'resources-somebody-elses', does: 'refuses to adopt an object of somebody else, before any hook runs', shows: 'ownership', steps: [somebodyApplies(v1), install([v1, hook('work', { on: 'pre-install' })])] },
  { id: 'resources-somebody-elses-on-upgrade', does: 'refuses an upgrade that would adopt an object of somebody else, without a record', shows: 'ownership', steps: [install([v1]), somebodyApplies(configMap('theirs')), upgrade([v1, configMap('theirs')])] },
  {
    id: 'resources-handed-over',
    does: 'adopts an object that carries its label and annotations',
    shows: 'ownership',
    steps: [
      somebodyApplies({ ...configMap('given', { b: '1' }), metadata: { name: 'given', annotations: OWN, labels: { 'app.kubernetes.io/managed-by': 'Helm' } } }),
      install([v1, configMap('given')]),
      uninstall(),
    ],
  },
  { id: 'resources-of-another-release', does: 'refuses an object of another release', shows: 'ownership', steps: [install([v1], { release: 'api' }), install([v1, configMap('own')])] },
  { id: 'resources-elsewhere', does: 'puts an object into the namespace that it names, and deletes it there', shows: 'namespaces', alsoNamespaces: ['other'], steps: [install([v1, inNamespace('NAMESPACE-other', configMap('settings'))]), uninstall()] },
  { id: 'resources-cluster-wide', does: 'creates, changes and prunes an object without a namespace', shows: 'namespaces', steps: [install([v1, clusterRole()]), upgrade([v1, { ...clusterRole(), rules: [] }]), upgrade([v1])] },
  { id: 'resources-a-namespace-of-its-own', does: 'creates a namespace of the chart before what lives in it', shows: 'order of kinds', steps: [install([inNamespace('NAMESPACE-made', configMap('inside')), namespaceOf('NAMESPACE-made')])] },
  { id: 'resources-definitions-first', does: 'creates the definitions of crds/ before the record, and leaves them for ever', shows: 'CRDs', steps: [install([widget('one'), v1], { crds: [widgetDefinition()] }), uninstall()] },
  { id: 'resources-definitions-new-with-an-upgrade', does: 'does not create a definition of crds/ that comes with an upgrade, so that the upgrade fails', shows: 'CRDs', steps: [install([v1]), upgrade([v1, widget('one')], { crds: [widgetDefinition()] })] },
  { id: 'resources-definitions-only-once', does: 'never changes a definition of crds/ again', shows: 'CRDs', steps: [install([widget('one')], { crds: [widgetDefinition()] }), upgrade([widget('one', { size: 2 })], { crds: [annotated(widgetDefinition(), { new: '1' })] })] },
  { id: 'resources-a-definition-in-templates', does: 'cannot install a custom resource with its definition among the templates', shows: 'CRDs', steps: [install([widget('one'), widgetDefinition()])] },
  { id: 'resources-refused-on-install', does: 'creates the kinds after one that the server refuses, and fails', shows: 'failed apply', steps: [install([broken, v1, deployment('app'), hook('work', { on: 'post-install' })])] },
  { id: 'resources-refused-on-upgrade', does: 'changes what can be changed, prunes nothing, and fails', shows: 'failed apply', steps: [install([v1, service('broken'), configMap('old')]), upgrade([configMap('settings', { a: '2' }), broken, deployment('app')])] },
  { id: 'resources-new-one-refused-on-upgrade', does: 'stops an upgrade at a new object that the server refuses', shows: 'failed apply', steps: [install([v1]), upgrade([configMap('settings', { a: '2' }), broken, deployment('app')]), rollback(1)] },
  { id: 'resources-refused-on-rollback', does: 'fails a rollback that cannot change an object, and supersedes the last revision', shows: 'failed apply', steps: [install([v1, job('work')]), upgrade([v1, { ...job('work'), metadata: { name: 'work', labels: { a: '1' } } }]), somebodyRemoves(job('work')), somebodyApplies(job('work', { image: 'other:1' })), rollback(1)] },
  { id: 'resources-a-number-as-annotation', does: 'fails with an annotation that is a number before anything is written', shows: 'annotations', steps: [install([v1, annotated(configMap('odd'), { answer: 42 })])] },
];
