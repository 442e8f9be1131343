import { planInstall, planUninstall, planUpgrade } from '../../../src/lifecycle';
import { aroundHooks } from '../../../src/lifecycle/run/around';
import { diagnose, stallOf } from '../../../src/lifecycle/run/stall';
import { STALL_CAUSES } from '../../../src/lifecycle/run/stall-causes';
import { Symptom } from '../../../src/lifecycle/run/stall-symptoms';
import { HookEventName } from '../../../src/vocabulary';
import { configMap, content, object, pod } from '../../release/manifests';
import { historyOf, record } from '../../release/records';

/* The texts are those of Kubernetes 1.34 with containerd 1.7, except where another source is named. */

const OPTIONS = { release: 'web', namespace: 'shop' };
const nothing = planInstall([], content(configMap('a')), OPTIONS);
const on = (event: HookEventName) => ({ event, hook: { apiVersion: 'batch/v1', kind: 'Job', name: 'm' }, weight: 0 });
const anywhere = { ...aroundHooks(nothing), hook: on('pre-install') };

const withVolumes = {
  ...pod('p'),
  spec: {
    volumes: [
      { name: 'creds', secret: { secretName: 'db' } }, { name: 'conf', configMap: { name: 'settings' } }, { name: 'data', persistentVolumeClaim: { claimName: 'backups' } },
    ],
  },
};
const crashed = { ...pod('p'), status: { containerStatuses: [{ name: 'main', state: {}, lastState: { terminated: { exitCode: 3, reason: 'Error' } } }] } };

const container = (text: string): Symptom => ({ at: 'container', text, pod: crashed, container: 'main', image: 'shop/tool:1' });
const scheduling = (text: string): Symptom => ({ at: 'scheduling', text, pod: withVolumes });
const setup = (text: string): Symptom => ({ at: 'setup', text, pod: withVolumes });
const creation = (text: string): Symptom => ({ at: 'creation', text });

const PULL = 'failed to pull and unpack image "docker.io/shop/tool:1": failed to resolve reference "docker.io/shop/tool:1": ';
const NO_HOST = 'failed to do request: Head "https://docker.io/v2/shop/tool/manifests/1": dial tcp: lookup docker.io on 10.0.0.1:53: no such host';
const DENIED = 'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed';
const AFFINITY = '0/2 nodes are available: 1 node(s) didn\'t match Pod\'s node affinity/selector.';

const hopeless: [Symptom, string][] = [
  [container('InvalidImageName: Failed to apply default image tag "Bad//Image"'), 'image "shop/tool:1" of container "main" is no name of an image'],
  [container('ErrImageNeverPull: Container image "x" is not present with pull policy of Never'),
    'image "shop/tool:1" of container "main" is not on the node, and imagePullPolicy Never forbids to pull it'],
  [container(`ErrImagePull: rpc error: code = NotFound desc = ${PULL}docker.io/shop/tool:1: not found`),
    'image "shop/tool:1" of container "main" does not exist in its registry: docker.io/shop/tool:1: not found'],
  [container(`ImagePullBackOff: Back-off pulling image "shop/tool:1": ErrImagePull: ${PULL}docker.io/shop/tool:1: not found`),
    'image "shop/tool:1" of container "main" does not exist in its registry: docker.io/shop/tool:1: not found'],
  // CRI-O, github.com/containers/image
  [container('ErrImagePull: reading manifest 1 in docker.io/shop/tool: manifest unknown'),
    'image "shop/tool:1" of container "main" does not exist in its registry: reading manifest 1 in docker.io/shop/tool: manifest unknown'],
  [container('CreateContainerConfigError: container has runAsNonRoot and image will run as root (pod: "m_shop(uid)", container: main)'),
    'container "main" is refused: container has runAsNonRoot and image will run as root'],
  [container('CreateContainerConfigError: container\'s runAsUser breaks non-root policy (pod: "m_shop(uid)", container: main)'),
    'container "main" is refused: container\'s runAsUser breaks non-root policy'],
  [container('CreateContainerConfigError: couldn\'t find key pw in Secret shop/db'), 'Secret/db has no key "pw", which container "main" needs'],
  [container('CreateContainerConfigError: couldn\'t find key pw in ConfigMap shop/settings'), 'ConfigMap/settings has no key "pw", which container "main" needs'],
  [container('CreateContainerError: failed to generate container "1" spec: failed to generate spec: no command specified'),
    'image "shop/tool:1" of container "main" has no command, and the manifest gives none'],
  [setup('FailedMount: MountVolume.SetUp failed for volume "creds" : references non-existent secret key: pw'), 'Secret/db has no key "pw", which its Pod mounts'],
  [setup('FailedMount: MountVolume.SetUp failed for volume "conf" : configmap references non-existent config key: pw'), 'ConfigMap/settings has no key "pw", which its Pod mounts'],
  [setup('FailedMount: MountVolume.SetUp failed for volume "other" : references non-existent secret key: pw'), 'the Secret of volume "other" has no key "pw", which its Pod mounts'],
  [creation('violates PodSecurity "restricted:latest": runAsNonRoot != true'), 'its Pod is denied by Pod Security "restricted:latest": runAsNonRoot != true'],
  [creation('admission webhook "policy.example.com" denied the request: no root'),
    'its Pod is denied by admission: admission webhook "policy.example.com" denied the request: no root'],
  [creation('ValidatingAdmissionPolicy \'p\' with binding \'b\' denied request: no root'), 'its Pod is denied by admission: ValidatingAdmissionPolicy \'p\' with binding \'b\' denied request: no root'],
  [creation('failed quota: q: must specify limits.cpu for: main'), 'its Pod is denied by ResourceQuota/q: must specify limits.cpu for: main'],
  [creation('maximum memory usage per Container is 10Mi, but limit is 1Gi'), 'its Pod is denied by a LimitRange: maximum memory usage per Container is 10Mi, but limit is 1Gi'],
  [creation('Pod "m-x" is invalid: spec.containers[0].name: Required value'), 'its Pod is invalid: spec.containers[0].name: Required value'],
];

const hopeful: [Symptom, string][] = [
  [container(`ErrImagePull: ${PULL}${NO_HOST}`),
    'image "shop/tool:1" of container "main" cannot be pulled: Head "https://docker.io/v2/shop/tool/manifests/1": dial tcp: lookup docker.io on 10.0.0.1:53: no such host'],
  [container(`ImagePullBackOff: Back-off pulling image "shop/tool:1": ErrImagePull: ${PULL}${NO_HOST}`),
    'image "shop/tool:1" of container "main" cannot be pulled: Head "https://docker.io/v2/shop/tool/manifests/1": dial tcp: lookup docker.io on 10.0.0.1:53: no such host'],
  [container('ImagePullBackOff: Back-off pulling image "shop/tool:1"'), 'image "shop/tool:1" of container "main" cannot be pulled: ImagePullBackOff'], // before 1.32
  [container(`ErrImagePull: ${PULL}${DENIED}`), `image "shop/tool:1" of container "main" is refused by its registry: ${DENIED}`],
  [container('CreateContainerConfigError: secret "db" not found'), 'Secret/db does not exist, which container "main" needs'],
  [container('CreateContainerConfigError: configmap "settings" not found'), 'ConfigMap/settings does not exist, which container "main" needs'],
  [container('CreateContainerConfigError: failed to prepare subPath'), 'container "main" cannot be configured: failed to prepare subPath'],
  [container('CrashLoopBackOff: back-off 10s restarting failed container=main'), 'container "main" has exited 3 and is started again'],
  [{ ...container('CrashLoopBackOff'), pod: pod('p') }, 'container "main" has ended and is started again'],
  [container('RunContainerError: what'), 'container "main": RunContainerError: what'],
  [scheduling('Unschedulable: 0/2 nodes are available: persistentvolumeclaim "gone" not found. not found'), 'PersistentVolumeClaim/gone does not exist, which its Pod needs'],
  [scheduling('Unschedulable: 0/2 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found'), 'PersistentVolumeClaim/backups has no volume yet'],
  [scheduling('SchedulingGated: Scheduling is blocked due to non-empty scheduling gates'), 'cannot be scheduled: its Pod has scheduling gates'],
  [scheduling(`Unschedulable: ${AFFINITY}`), `cannot be scheduled: ${AFFINITY}`],
  [scheduling('Unschedulable'), 'cannot be scheduled: Unschedulable'],
  [setup('FailedMount: MountVolume.SetUp failed for volume "creds" : secret "db" not found'), 'Secret/db does not exist, which its Pod mounts'],
  [setup('FailedMount: MountVolume.SetUp failed for volume "conf" : configmap "settings" not found'), 'ConfigMap/settings does not exist, which its Pod mounts'],
  [setup('FailedCreatePodSandBox: Failed to create pod sandbox: no network'), 'its Pod cannot be set up: Failed to create pod sandbox: no network'],
  [setup('FailedAttachVolume: Multi-Attach error'), 'a volume cannot be mounted: Multi-Attach error'],
  [creation('error looking up service account shop/nobody: serviceaccount "nobody" not found'), 'ServiceAccount/nobody does not exist, which its Pod runs as'],
  [creation('no PriorityClass with name high was found'), 'PriorityClass/high does not exist, which its Pod needs'],
  [creation('pod rejected: RuntimeClass "gvisor" not found'), 'RuntimeClass/gvisor does not exist, which its Pod needs'],
  [creation('exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2'), 'ResourceQuota/q is used up: requested: pods=1, used: pods=2, limited: pods=2'],
  [creation('Internal error occurred: failed calling webhook "x": connection refused'), 'its Pod cannot be created: Internal error occurred: failed calling webhook "x": connection refused'],
];

test.each(hopeless)('%j is hopeless', (symptom, reason) => {
  expect(diagnose(symptom, anywhere)).toEqual({ reason, remedy: expect.stringMatching(/\.$/), hopeless: true });
});

test.each(hopeful)('%j may get better', (symptom, reason) => {
  expect(diagnose(symptom, anywhere)).toEqual({ reason, remedy: expect.stringMatching(/[.)]$/), hopeless: false });
});

test('every cause of the table is shown above', () => {
  const shown = new Set([...hopeless, ...hopeful].map(([{ at, text }]) => STALL_CAUSES.find((cause) => cause.at === at && cause.sign.test(text))));
  expect(STALL_CAUSES.filter((cause) => !shown.has(cause))).toEqual([]);
});

const secret = object('v1', 'Secret', 'db');
const needsSecret = container('CreateContainerConfigError: secret "db" not found');
const withSecret = content(secret, configMap('a'));
const without = content(configMap('a'));
const installed = historyOf(record(1, 'deployed', [secret, configMap('a')]));

test.each([
  ['a pre-install hook and a resource of the release', planInstall([], withSecret, OPTIONS), 'pre-install', 'Secret/db does not exist: it is a resource of the release, applied only after this hook'],
  ['a pre-upgrade hook and a resource that somebody deleted', planUpgrade(installed, withSecret, OPTIONS), 'pre-upgrade', 'Secret/db does not exist: it is a resource of the release, applied only after this hook'],
  ['a post-upgrade hook and a resource that the upgrade deletes', planUpgrade(installed, without, OPTIONS), 'post-upgrade', 'Secret/db does not exist any more: the release deleted it before this hook'],
  ['a post-delete hook and a resource of the release', planUninstall(installed, OPTIONS), 'post-delete', 'Secret/db does not exist any more: the release deleted it before this hook'],
] as const)('what is missing comes too late for %s', (_what, plan, event, reason) => {
  expect(diagnose(needsSecret, { ...aroundHooks(plan), hook: on(event) })).toEqual({ reason, remedy: `Make it a hook of ${event} with a lower weight.`, hopeless: true });
});

test.each(['on-failure', 'post-upgrade'] as const)('what was not applied before a failure does not come for a hook of %s', (event) => {
  expect(diagnose(needsSecret, { ...aroundHooks(planUpgrade(installed, withSecret, OPTIONS)), isOver: true, hook: on(event) })).toEqual({
    reason: 'Secret/db does not exist: it is a resource of the release, and was not applied before the failure', remedy: `Make it a hook of ${event} with a lower weight.`, hopeless: true,
  });
});

test.each([
  ['a post-install hook and a resource of the release', planInstall([], withSecret, OPTIONS), 'post-install'],
  ['a pre-upgrade hook and a resource that the upgrade will delete', planUpgrade(installed, without, OPTIONS), 'pre-upgrade'],
  ['a hook and an object of somebody else', nothing, 'pre-install'],
] as const)('what is missing may still come for %s', (_what, plan, event) => {
  expect(diagnose(needsSecret, { ...aroundHooks(plan), hook: on(event) })).toMatchObject({ reason: 'Secret/db does not exist, which container "main" needs', hopeless: false });
});

const noName = container('InvalidImageName');
const noNode = scheduling('Unschedulable: no node');

test.each<[string, Symptom[][], object | undefined]>([
  ['nothing', [], undefined],
  ['a Pod that only starts', [[]], undefined],
  ['a Pod without hope', [[noName]], { hopeless: true }],
  ['a Pod of two containers, one without hope', [[needsSecret, noName]], { hopeless: true, reason: expect.stringContaining('no name of an image') }],
  ['two Pods, one without hope', [[noNode], [noName]], { hopeless: false, reason: 'cannot be scheduled: no node' }],
  ['two Pods, one that runs', [[], [noName]], { hopeless: false, reason: expect.stringContaining('no name of an image') }],
  ['two Pods without hope', [[noName], [noName]], { hopeless: true }],
])('of %s the worst is told, and it is hopeless only where all are', (_what, symptoms, stall) => {
  if (stall === undefined) expect(stallOf(symptoms, anywhere)).toBeUndefined();
  else expect(stallOf(symptoms, anywhere)).toMatchObject(stall);
});
