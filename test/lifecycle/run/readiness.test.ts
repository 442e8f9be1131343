import { unready } from '../../../src/lifecycle/run/readiness';
import { KubeObject } from '../../../src/vocabulary';

type Fields = Readonly<Record<string, unknown>>;

const GROUPS: Readonly<Record<string, string>> = {
  Deployment: 'apps/v1',
  ReplicaSet: 'apps/v1',
  StatefulSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  Job: 'batch/v1',
  PodDisruptionBudget: 'policy/v1',
  CustomResourceDefinition: 'apiextensions.k8s.io/v1',
  Thing: 'example.com/v1',
};

function live(kind: string, spec: Fields, status?: Fields, metadata: Fields = {}, apiVersion = GROUPS[kind] ?? 'v1'): KubeObject {
  return { apiVersion, kind, metadata: { name: 'x', generation: 2, ...metadata }, spec, ...(status ? { status } : {}) };
}

const seen = { observedGeneration: 2 };
const rolledOut = { ...seen, replicas: 2, updatedReplicas: 2, readyReplicas: 2, availableReplicas: 2 };
const partitioned = { replicas: 2, updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 1 } } };
const condition = (type: string, status: string, message?: string, reason?: string) => ({ conditions: [{ type, status, message, reason }] });

test.each<[string, KubeObject]>([
  ['a Deployment whose Pods are new and available', live('Deployment', { replicas: 2 }, rolledOut)],
  ['a Deployment scaled to nothing', live('Deployment', { replicas: 0 }, seen)],
  ['a Deployment that names no replicas and has one', live('Deployment', {}, { ...seen, replicas: 1, updatedReplicas: 1, availableReplicas: 1 })],
  ['a Deployment that is paused', live('Deployment', { replicas: 2, paused: true }, seen)],
  ['a StatefulSet that is rolled out down to its partition', live('StatefulSet', partitioned, { ...rolledOut, updatedReplicas: 1, currentRevision: 'a', updateRevision: 'b' })],
  ['a ReplicaSet whose Pods are available', live('ReplicaSet', { replicas: 2 }, rolledOut)],
  ['a StatefulSet whose Pods are ready and new', live('StatefulSet', { replicas: 2 }, { ...rolledOut, currentRevision: 'b', updateRevision: 'b' })],
  ['a StatefulSet that is updated by hand', live('StatefulSet', { replicas: 2, updateStrategy: { type: 'OnDelete' } }, seen)],
  ['a DaemonSet whose Pods are new and available', live('DaemonSet', {}, { ...seen, desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberAvailable: 3 })],
  ['a DaemonSet that fits no node', live('DaemonSet', {}, { ...seen, desiredNumberScheduled: 0 })],
  ['a Pod that is ready', live('Pod', {}, { phase: 'Running', ...condition('Ready', 'True') })],
  ['a Pod that has succeeded', live('Pod', {}, { phase: 'Succeeded' })],
  ['a Service with a cluster address', live('Service', { type: 'ClusterIP' })],
  ['a Service whose load balancer has an address', live('Service', { type: 'LoadBalancer' }, { loadBalancer: { ingress: [{ ip: '10.0.0.1' }] } })],
  ['a claim that is bound', live('PersistentVolumeClaim', {}, { phase: 'Bound' })],
  ['a definition that is established', live('CustomResourceDefinition', {}, condition('Established', 'True'))],
  ['a Job, whatever it does', live('Job', {}, { active: 1 })],
  ['a ReplicationController whose Pods are available', live('ReplicationController', { replicas: 2 }, rolledOut)],
  ['a DaemonSet that is updated by hand', live('DaemonSet', { updateStrategy: { type: 'OnDelete' } }, { ...seen, desiredNumberScheduled: 2, updatedNumberScheduled: 0 })],
  ['a Service that has addresses of its own', live('Service', { type: 'LoadBalancer', externalIPs: ['10.0.0.1'] })],
  ['a PodDisruptionBudget that was looked at', live('PodDisruptionBudget', {}, seen)],
  ['a Service of Knative that is ready', live('Service', {}, { ...seen, ...condition('Ready', 'True') }, {}, 'serving.knative.dev/v1')],
  ['a ConfigMap', live('ConfigMap', {})],
  ['a custom resource without a status', live('Thing', {})],
  ['a custom resource that is ready', live('Thing', {}, { ...seen, ...condition('Ready', 'True') })],
  ['a custom resource that is neither stalled nor reconciling', live('Thing', {}, condition('Reconciling', 'False'))],
])('%s is ready', (_what, object) => {
  expect(unready(object)).toBeUndefined();
});

test.each<[string, KubeObject, string]>([
  ['anything that is being deleted', live('ConfigMap', {}, undefined, { deletionTimestamp: 'now' }), 'it is being deleted'],
  ['a Deployment nobody has seen', live('Deployment', {}), 'its controller has not seen it yet'],
  ['a Deployment whose change nobody has seen', live('Deployment', {}, { ...rolledOut, observedGeneration: 1 }), 'its controller has not seen the change yet'],
  ['a Deployment with old Pods only', live('Deployment', { replicas: 2 }, { ...seen, replicas: 2, updatedReplicas: 0 }), '0 of 2 Pods are updated'],
  ['a Deployment that still has old Pods', live('Deployment', { replicas: 2 }, { ...rolledOut, replicas: 3 }), '1 old Pods are still there'],
  ['a Deployment whose Pods are not available', live('Deployment', { replicas: 2 }, { ...rolledOut, availableReplicas: 1 }), '1 of 2 Pods are available'],
  ['a ReplicaSet whose Pods are not available', live('ReplicaSet', { replicas: 2 }, seen), '0 of 2 Pods are available'],
  ['a StatefulSet whose Pods are not ready', live('StatefulSet', { replicas: 2 }, { ...seen, readyReplicas: 1 }), '1 of 2 Pods are ready'],
  ['a StatefulSet whose Pods are old', live('StatefulSet', { replicas: 2 }, { ...seen, readyReplicas: 2, updatedReplicas: 1, currentRevision: 'a', updateRevision: 'b' }), '1 of 2 Pods are updated'],
  ['a StatefulSet short of its partition', live('StatefulSet', partitioned, { ...rolledOut, updatedReplicas: 0, currentRevision: 'a', updateRevision: 'b' }), '0 of 1 Pods are updated'],
  ['a DaemonSet that is not scheduled', live('DaemonSet', {}, seen), 'its Pods are not scheduled yet'],
  ['a DaemonSet with old Pods', live('DaemonSet', {}, { ...seen, desiredNumberScheduled: 2, updatedNumberScheduled: 1 }), '1 of 2 Pods are updated'],
  ['a DaemonSet whose Pods are not available', live('DaemonSet', {}, { ...seen, desiredNumberScheduled: 2, updatedNumberScheduled: 2 }), '0 of 2 Pods are available'],
  ['a Deployment whose Pods are denied', live('Deployment', { replicas: 2 }, { ...seen, ...condition('ReplicaFailure', 'True', 'exceeded quota') }), 'its Pods cannot be created: exceeded quota'],
  ['a ReplicaSet with too many Pods', live('ReplicaSet', { replicas: 1 }, rolledOut), '1 old Pods are still there'],
  ['a StatefulSet with too many Pods', live('StatefulSet', { replicas: 1 }, { ...rolledOut, currentRevision: 'b', updateRevision: 'b' }), '1 old Pods are still there'],
  ['a ReplicationController nobody has seen', live('ReplicationController', {}), 'its controller has not seen it yet'],
  ['a PodDisruptionBudget whose change nobody has seen', live('PodDisruptionBudget', {}, { observedGeneration: 1 }), 'its controller has not seen the change yet'],
  ['a Pod that finds no node', live('Pod', {}, { phase: 'Pending', ...condition('PodScheduled', 'False', '0/1 nodes') }), 'it cannot be scheduled: 0/1 nodes'],
  ['a Pod that crashes', live('Pod', {}, { phase: 'Running', containerStatuses: [{ name: 'main', state: { waiting: { reason: 'CrashLoopBackOff' } } }] }), 'its container "main" waits: CrashLoopBackOff'],
  ['a Pod that starts', live('Pod', {}, { phase: 'Pending', containerStatuses: [{ name: 'main', state: { waiting: { reason: 'ContainerCreating' } } }] }), 'it is Pending'],
  ['a Service of Knative that is not ready', live('Service', {}, { ...seen, ...condition('Ready', 'False', 'no route') }, {}, 'serving.knative.dev/v1'), 'no route'],
  ['a Deployment of somebody else that is not ready', live('Deployment', {}, condition('Ready', 'False', 'not yet'), {}, 'example.com/v1'), 'not yet'],
  ['a Pod without a status', live('Pod', {}), 'it is Pending'],
  ['a Pod that is not ready', live('Pod', {}, { phase: 'Running', ...condition('Ready', 'False') }), 'it is Running'],
  ['a Service without an address', live('Service', { type: 'LoadBalancer' }, { loadBalancer: {} }), 'its load balancer has no address yet'],
  ['a claim that is pending', live('PersistentVolumeClaim', {}, { phase: 'Pending' }), 'it is Pending'],
  ['a definition that is new', live('CustomResourceDefinition', {}), 'it is not established yet'],
  ['a custom resource that reconciles', live('Thing', {}, condition('Reconciling', 'True', 'making it')), 'making it'],
  ['a custom resource that reconciles without a word', live('Thing', {}, condition('Reconciling', 'True')), 'it is reconciling'],
  ['a custom resource that is not ready', live('Thing', {}, condition('Ready', 'False', 'no quota')), 'no quota'],
  ['a custom resource whose readiness is unknown', live('Thing', {}, condition('Ready', 'Unknown')), 'it is not ready'],
  ['a custom resource whose change nobody has seen', live('Thing', {}, { observedGeneration: 1, ...condition('Ready', 'True') }), 'its controller has not seen the change yet'],
])('%s is not ready', (_what, object, reason) => {
  expect(unready(object)).toMatchObject({ reason });
  expect(unready(object)?.failed ?? false).toBe(false);
});

test.each<[string, KubeObject, string]>([
  [
    'a Deployment that makes no progress',
    live('Deployment', { replicas: 2 }, { ...seen, ...condition('Progressing', 'False', 'ReplicaSet "x" has timed out', 'ProgressDeadlineExceeded') }),
    'it makes no progress: ReplicaSet "x" has timed out',
  ],
  ['a definition whose names are taken', live('CustomResourceDefinition', {}, condition('NamesAccepted', 'False', '"widgets" is already in use')), 'its names are taken: "widgets" is already in use'],
  ['a Pod that has failed', live('Pod', {}, { phase: 'Failed' }), 'it is Failed'],
  ['a custom resource that is stalled', live('Thing', {}, condition('Stalled', 'True', 'bad spec')), 'bad spec'],
])('%s will not become ready', (_what, object, reason) => {
  expect(unready(object)).toEqual({ reason, failed: true });
});

test.each<[string, Fields, object | undefined]>([
  ['nobody has seen', {}, { reason: 'it has not finished yet' }],
  ['runs', { active: 1 }, { reason: 'it has not finished yet' }],
  ['has succeeded', condition('Complete', 'True'), undefined],
  ['has failed', condition('Failed', 'True', 'too often', 'BackoffLimitExceeded'), { reason: 'it failed: BackoffLimitExceeded: too often', failed: true }],
])('a Job that %s is waited for where Jobs are', (_what, status, lack) => {
  expect(unready(live('Job', {}, status), { waitForJobs: true })).toEqual(lack);
});
