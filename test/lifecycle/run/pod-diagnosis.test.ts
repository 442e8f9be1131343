import { failedContainers, startedContainers, waitingReason } from '../../../src/lifecycle/run/pod-diagnosis';
import { KubeObject } from '../../../src/vocabulary';
import { pod } from '../../release/manifests';

const withStatus = (status: object): KubeObject => ({ ...pod('p'), status });
const main = (state: object) => withStatus({ containerStatuses: [{ name: 'main', state }] });

test.each<[string, KubeObject, string | undefined]>([
  ['without a status', pod('p'), undefined],
  ['that is only starting', main({ waiting: { reason: 'ContainerCreating' } }), undefined],
  ['whose init containers have not run', main({ waiting: { reason: 'PodInitializing' } }), undefined],
  ['that waits without a reason', main({ waiting: {} }), undefined],
  ['that runs', main({ running: {} }), undefined],
  ['whose image cannot be pulled', main({ waiting: { reason: 'ImagePullBackOff', message: 'Back-off pulling image "x"' } }), 'container "main": ImagePullBackOff: Back-off pulling image "x"'],
  ['that lacks a Secret', main({ waiting: { reason: 'CreateContainerConfigError', message: 'secret "x" not found' } }), 'container "main": CreateContainerConfigError: secret "x" not found'],
  ['whose init container crashes', withStatus({
    initContainerStatuses: [{ name: 'wait', state: { waiting: { reason: 'CrashLoopBackOff' } } }],
    containerStatuses: [{ name: 'main', state: { waiting: { reason: 'PodInitializing' } } }],
  }), 'container "wait": CrashLoopBackOff'],
  ['that fits no node', withStatus({ conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/3 nodes' }] }), 'cannot be scheduled: 0/3 nodes'],
  ['that fits no node, without words', withStatus({ conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }] }), 'cannot be scheduled: Unschedulable'],
  ['that is scheduled', withStatus({ conditions: [{ type: 'PodScheduled', status: 'True' }] }), undefined],
])('a Pod %s waits for its reason', (_case, object, reason) => {
  expect(waitingReason(object)).toBe(reason);
});

const MIXED = withStatus({
  initContainerStatuses: [{ name: 'init', state: { terminated: { exitCode: 0, reason: 'Completed' } } }, { name: 'init2', state: { waiting: {} } }],
  containerStatuses: [{ name: 'main', state: { running: {} } }, { name: 'killed', state: { terminated: { exitCode: 137, reason: 'OOMKilled' } } }, { name: 'new' }],
});

test('the containers that have started are those that run or have ended, in their order', () => {
  expect(startedContainers(MIXED)).toEqual(['init', 'main', 'killed']);
});

test.each<[KubeObject[], string[]]>([
  [[], []],
  [[pod('p')], []],
  [[MIXED], ['container "killed" exited 137 (OOMKilled)']],
  [[main({ terminated: { exitCode: 0, reason: 'Completed' } })], []],
  [[main({ terminated: { exitCode: 1, reason: 'Error' } }), main({ terminated: { exitCode: 2 } })], ['container "main" exited 1', 'container "main" exited 2']],
  [[main({ terminated: { exitCode: 128, reason: 'StartError' } })], ['container "main" exited 128 (StartError)']],
])('the containers that failed are told with their exit codes: %#', (pods, failed) => {
  expect(failedContainers(pods)).toEqual(failed);
});
