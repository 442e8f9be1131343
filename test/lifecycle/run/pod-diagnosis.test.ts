import { failuresOf, lastExit, startedContainers } from '../../../src/lifecycle/run/pod-diagnosis';
import { KubeObject } from '../../../src/vocabulary';
import { pod } from '../../release/manifests';

const withStatus = (status: object, metadata: object = {}): KubeObject => ({ ...pod('p'), metadata: { name: 'p', ...metadata }, status });
const main = (state: object, lastState: object = {}, metadata: object = {}) => withStatus({ containerStatuses: [{ name: 'main', state, lastState }] }, metadata);

const MIXED = withStatus({
  initContainerStatuses: [{ name: 'init', state: { terminated: { exitCode: 0, reason: 'Completed' } } }, { name: 'init2', state: { waiting: {} } }],
  containerStatuses: [{ name: 'main', state: { running: {} } }, { name: 'killed', state: { terminated: { exitCode: 137, reason: 'OOMKilled' } } }, { name: 'new' }],
});

test('the containers that have started are those that run or have ended, in their order', () => {
  expect(startedContainers(MIXED)).toEqual(['init', 'main', 'killed']);
});

const exited = (exitCode: number, reason = 'Error', message?: string) => ({ terminated: { exitCode, reason, message } });
const RUNC = 'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ';
const limited: KubeObject = {
  ...main(exited(137, 'OOMKilled')),
  spec: { containers: [{ name: 'main', resources: { limits: { memory: '20Mi' } } }] },
};
const disrupted = { conditions: [{ type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI', message: 'Eviction API: evicting' }] };

test.each<[string, KubeObject[], string[]]>([
  ['nothing', [], []],
  ['a Pod without a status', [pod('p')], []],
  ['a container that used too much memory', [MIXED], ['container "killed" exited 137 (OOMKilled: it used more memory than there was)']],
  ['one with a limit', [limited], ['container "main" exited 137 (OOMKilled: it used more memory than its limit of 20Mi)']],
  ['a container that succeeded', [main(exited(0, 'Completed'))], []],
  ['two Pods', [main(exited(1)), main({ terminated: { exitCode: 2 } })], ['container "main" exited 1', 'container "main" exited 2']],
  ['a program that does not exist', [main(exited(128, 'StartError', `${RUNC}exec: "/nope": stat /nope: no such file or directory: unknown`))],
    ['container "main" exited 128 (StartError: exec: "/nope": stat /nope: no such file or directory)']],
  ['a start that says nothing', [main(exited(128, 'StartError'))], ['container "main" exited 128 (StartError)']],
  ['what the program wrote as its last message, which may be secret', [main(exited(3, 'Error', 'password=x'))], ['container "main" exited 3']],
  ['a container that is started again', [main({ waiting: { reason: 'CrashLoopBackOff' } }, exited(3))], ['container "main" exited 3']],
  ['one that runs again', [main({ running: {} }, exited(3))], ['container "main" exited 3']],
  ['one that was stopped with its Pod after it had failed by itself', [main(exited(137), exited(3), { deletionTimestamp: 'now' })], ['container "main" exited 3']],
  ['one that was stopped with its Pod', [main(exited(143), {}, { deletionTimestamp: 'now' })], ['container "main" exited 143']],
  ['a Pod that was evicted', [withStatus({ phase: 'Failed', ...disrupted })], ['Pod p was taken away (EvictionByEvictionAPI: Eviction API: evicting)']],
  ['a Pod that its kubelet evicted, before Kubernetes 1.26', [withStatus({ phase: 'Failed', reason: 'Evicted', message: 'The node was low on memory' })],
    ['Pod p was taken away (Evicted: The node was low on memory)']],
])('of %s the failures are told', (_what, pods, failed) => {
  expect(failuresOf(pods)).toEqual(failed);
});

test.each<[KubeObject | undefined, string | undefined, string | undefined]>([
  [undefined, 'main', undefined],
  [main(exited(3)), 'main', 'exited 3'],
  [main(exited(0)), 'main', undefined],
  [main(exited(3)), 'other', undefined],
])('how a container ended last: %#', (object, container, exit) => {
  expect(lastExit(object, container)).toBe(exit);
});
