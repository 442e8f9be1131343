import { Behaviour } from '../behaviour';
import { annotated, configMap, hook, hookOf, inNamespace, pod, role, roleBinding, secret, serviceAccount, widget, widgetDefinition } from '../manifests';
import { install, somebodyApplies, uninstall, upgrade } from '../steps';

const on = 'pre-install,pre-upgrade';
const SUCCEEDED = 'before-hook-creation,hook-succeeded';
const settings = configMap('settings');

/** Hooks that are no Jobs, and hooks that meet other objects. */
export const KINDS_OF_HOOKS: readonly Behaviour[] = [
  {
    id: 'kinds-a-config-map-is-done-when-it-is-there',
    does: 'takes a hook that does not run for done as soon as it is created, and replaces it the next time',
    shows: 'hooks that do not run',
    steps: [install([hookOf(configMap('input'), { on })]), upgrade([hookOf(configMap('input', { a: '2' }), { on })])],
  },
  {
    id: 'kinds-what-a-job-needs-outlives-it',
    does: 'deletes a ServiceAccount and a ConfigMap by hook-succeeded only after the Job that needs them',
    shows: 'hooks that do not run',
    steps: [
      install([
        hookOf(serviceAccount('worker'), { on, weight: '-2', policy: SUCCEEDED }),
        hookOf(configMap('input'), { on, weight: '-1', policy: SUCCEEDED }),
        hook('work', { on, policy: SUCCEEDED }),
        settings,
      ]),
    ],
  },
  {
    id: 'kinds-rights-for-a-job',
    does: 'creates rights by weight before the Job, and keeps them without a policy',
    shows: 'hooks that do not run',
    steps: [
      install([
        hook('work', { on }),
        hookOf(roleBinding('worker'), { on, weight: '-1' }),
        hookOf(role('worker'), { on, weight: '-2' }),
        hookOf(serviceAccount('worker'), { on, weight: '-3' }),
      ]),
    ],
  },
  {
    id: 'kinds-a-pod-that-succeeds',
    does: 'waits for a Pod until it has succeeded',
    shows: 'Pod hooks',
    steps: [install([hookOf(pod('work'), { on, policy: 'hook-succeeded' }), settings]), upgrade([hookOf(pod('work'), { on }), settings])],
  },
  {
    id: 'kinds-a-pod-that-fails',
    does: 'fails with a Pod that fails',
    shows: 'Pod hooks',
    steps: [install([hookOf(pod('work', { fails: true }), { on, policy: 'hook-failed' }), settings])],
  },
  {
    id: 'kinds-a-pod-that-fails-is-left',
    does: 'leaves a failed Pod that has no policy for failures, and replaces it the next time',
    shows: 'Pod hooks',
    steps: [install([hookOf(pod('work', { fails: true }), { on })]), upgrade([hookOf(pod('work'), { on })])],
  },
  {
    id: 'kinds-a-definition-is-never-deleted',
    does: 'never deletes a CustomResourceDefinition by a policy',
    shows: 'CRD hooks',
    steps: [install([hookOf(widgetDefinition(), { on: 'pre-install', policy: 'before-hook-creation,hook-succeeded' }), settings])],
  },
  {
    id: 'kinds-a-definition-of-every-upgrade',
    does: 'a CRD hook with an upgrade event fails with helm 3, and is applied without effect with helm 4',
    shows: 'CRD hooks',
    steps: [install([hookOf(widgetDefinition(), { on })]), upgrade([hookOf(widgetDefinition(), { on }), settings])],
  },
  {
    id: 'kinds-a-definition-as-hook-for-a-resource',
    does: 'cannot install a custom resource whose definition is a hook of the same release',
    shows: 'CRD hooks',
    steps: [install([hookOf(widgetDefinition(), { on: 'pre-install' }), widget('one')])],
  },
  {
    id: 'kinds-somebody-elses-object-is-replaced',
    does: 'replaces an object of somebody else that has the name of a hook',
    shows: 'leftovers',
    steps: [somebodyApplies(configMap('input', { theirs: '1' })), install([hookOf(configMap('input'), { on }), settings])],
  },
  {
    id: 'kinds-somebody-elses-object-is-in-the-way',
    does: 'fails at an object of somebody else that no policy removes',
    shows: 'leftovers',
    steps: [somebodyApplies(configMap('input', { a: 'theirs' })), install([hookOf(configMap('input'), { on, policy: 'hook-succeeded' }), settings])],
  },
  {
    id: 'kinds-keep-means-nothing-for-hooks',
    does: 'ignores helm.sh/resource-policy on a hook',
    shows: 'resource policy',
    steps: [install([annotated(hookOf(secret('input'), { on, policy: 'hook-succeeded' }), { 'helm.sh/resource-policy': 'keep' }), settings]), uninstall()],
  },
  {
    id: 'kinds-a-hook-elsewhere',
    does: 'creates and deletes a hook in the namespace that it names',
    shows: 'namespaces',
    alsoNamespaces: ['other'],
    steps: [install([inNamespace('NAMESPACE-other', hook('work', { on, policy: 'hook-succeeded' })), inNamespace('NAMESPACE-other', hookOf(configMap('input'), { on, weight: '-1' }))])],
  },
  {
    id: 'kinds-a-hook-that-the-server-refuses',
    does: 'fails with a hook that the server refuses, and leaves those that ran before it by their policies',
    shows: 'hooks that cannot be created',
    steps: [
      install([
        hook('work', { on, weight: '-1', policy: 'hook-succeeded' }),
        hookOf({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'broken' }, spec: { ports: [{ port: 99999 }] } }, { on, policy: 'hook-failed' }),
        settings,
      ]),
    ],
  },
  {
    id: 'kinds-a-hook-of-an-unknown-kind',
    does: 'finds out about an unknown kind of a hook at its turn',
    shows: 'hooks that cannot be created',
    steps: [install([hook('work', { on: 'pre-install', policy: 'hook-succeeded' }), hookOf({ apiVersion: 'v1', kind: 'Nothing', metadata: { name: 'nothing' } }, { on: 'post-install' }), settings])],
  },
  {
    id: 'kinds-a-resource-that-becomes-a-hook',
    does: 'deletes an object that an upgrade turns from a resource into a hook, right after the hook was created',
    shows: 'hook or resource',
    steps: [install([settings, configMap('both')]), upgrade([settings, hookOf(configMap('both', { a: '2' }), { on: 'pre-upgrade' })])],
  },
  {
    id: 'kinds-a-hook-that-becomes-a-resource',
    does: 'refuses to make a resource of what a hook has left',
    shows: 'hook or resource',
    steps: [install([settings, hookOf(configMap('both'), { on: 'pre-install' })]), upgrade([settings, configMap('both')])],
  },
  {
    id: 'kinds-hook-and-resource-at-once',
    does: 'one object as hook and as resource: helm 3 fails, helm 4 turns the hook into the resource',
    shows: 'hook or resource',
    steps: [install([configMap('both'), hookOf(configMap('both', { b: '1' }), { on: 'pre-install' })])],
  },
];
