import { KubernetesCluster } from '../../src/cluster/kubernetes';
import { LifecycleEvent, execute, planInstall } from '../../src/lifecycle';
import { readContent } from '../../src/release';
import { KubeObject } from '../../src/vocabulary';
import { testCluster } from './cluster';
import { BUSYBOX_IMAGE } from './images';
import { apply, kubectl } from './kubectl';
import { createNamespace, deleteNamespace, restrict } from './namespace';

/* What keeps a hook from running is told within two seconds of the cluster's knowing it, in the words of today's Kubernetes; what is hopeless fails at once. */

let cluster: KubernetesCluster;
/** By what is special about it: Pods are refused where it is not `free`. */
const namespaces = new Map<string, string>();

const POLICY = 'admissionregistration.k8s.io/v1';

beforeAll(async () => {
  cluster = KubernetesCluster.connect({ kubeconfig: (await testCluster()).kubeconfig });
  await Promise.all(['free', 'restricted', 'used-up', 'strict', 'limited', 'policed'].map(async (what) => namespaces.set(what, await createNamespace(`stalls-${what}`))));
  const quota = (hard: object) => ({ apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'quota' }, spec: { hard } });
  const policed = namespaces.get('policed')!;
  const rules = [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }];
  const validations = [{ expression: 'false', message: 'nobody runs here' }];
  await Promise.all([
    restrict(namespaces.get('restricted')!),
    apply([quota({ pods: '0' })], namespaces.get('used-up')),
    apply([quota({ 'limits.cpu': '1' })], namespaces.get('strict')),
    apply([{ apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'limits' }, spec: { limits: [{ type: 'Container', max: { memory: '10Mi' } }] } }], namespaces.get('limited')),
    apply([{ apiVersion: POLICY, kind: 'ValidatingAdmissionPolicy', metadata: { name: policed }, spec: { failurePolicy: 'Fail', matchConstraints: { resourceRules: rules }, validations } }]),
    apply([{
      apiVersion: POLICY,
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: policed },
      spec: { policyName: policed, validationActions: ['Deny'], matchResources: { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': policed } } } },
    }]),
    apply([
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'have' }, stringData: { other: 'x' } },
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'unbound' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, storageClassName: 'stalls-none' },
      },
    ], namespaces.get('free')),
  ]);
});

afterAll(async () => {
  cluster.close();
  const policed = namespaces.get('policed');
  await kubectl(['delete', 'validatingadmissionpolicybinding,validatingadmissionpolicy', policed!, '--ignore-not-found']);
  for (const namespace of namespaces.values()) await deleteNamespace(namespace);
});

interface Case {
  readonly container?: object;
  readonly pod?: object;
  /** @default free */
  readonly where?: string;
}

const env = (ref: object) => ({ container: { env: [{ name: 'X', valueFrom: ref }] } });
const mounting = (source: object) => ({ container: { volumeMounts: [{ name: 'v', mountPath: '/v' }] }, pod: { volumes: [{ name: 'v', ...source }] } });
const NODE = /cannot be scheduled: 0\/\d+ nodes are available/;

function job(name: string, namespace: string, { container = {}, pod = {} }: Case): KubeObject {
  const main = { name: 'main', image: BUSYBOX_IMAGE, imagePullPolicy: 'IfNotPresent', command: ['sleep', '60'], ...container };
  const template = { spec: { restartPolicy: 'Never', terminationGracePeriodSeconds: 1, ...pod, containers: [main] } };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name, namespace, annotations: { 'helm.sh/hook': 'pre-install' } }, spec: { backoffLimit: 0, template } };
}

interface Said {
  readonly involvedObject?: { readonly name: string };
  readonly reason?: string;
  readonly status?: {
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    readonly containerStatuses?: readonly { readonly state?: { readonly waiting?: { readonly reason?: string } } }[];
  };
}

/** Whether an object says that something is wrong with a Job, or with a Pod of it. */
function tells(name: string, { kind, metadata, ...object }: KubeObject): boolean {
  const { involvedObject, reason, status } = object as Said;
  const isAbout = new RegExp(`^${name}(-[a-z0-9]{5})?$`).test(involvedObject?.name ?? metadata.name!);
  if (!isAbout) return false;
  if (kind === 'Event') return reason === 'FailedCreate' || reason === 'FailedMount';
  const waits = status?.containerStatuses?.some(({ state }) => state?.waiting?.reason !== undefined && state.waiting.reason !== 'ContainerCreating');
  return waits || status?.conditions?.some(({ type, status: is }) => type === 'PodScheduled' && is === 'False') || false;
}

/** When the API server first tells of it, as any other client hears it. */
async function known(name: string, namespace: string, kind: 'Event' | 'Pod', signal: AbortSignal): Promise<number> {
  for await (const event of cluster.watch({ apiVersion: 'v1', kind, namespace }, signal)) {
    const objects = event.kind === 'listed' ? event.objects : [event.object];
    if (objects.some((object) => tells(name, object))) return Date.now();
  }
  return Infinity;
}

test.concurrent.each<[string, Case, 'stuck' | 'waiting', string | RegExp]>([
  ['image-name', { container: { image: 'Bad//Image' } }, 'stuck', 'image "Bad//Image" of container "main" is no name of an image'],
  ['image-never-pulled', { container: { image: 'none:1', imagePullPolicy: 'Never' } }, 'stuck', /^image "none:1" of container "main" is not on the node/],
  ['image-out-of-reach', { container: { image: 'registry.invalid/x:1' } }, 'waiting', /^image "registry.invalid\/x:1" of container "main" cannot be pulled: .*dial tcp/],
  ['secret-key', env({ secretKeyRef: { name: 'have', key: 'pw' } }), 'stuck', 'Secret/have has no key "pw", which container "main" needs'],
  ['config-key', env({ configMapKeyRef: { name: 'kube-root-ca.crt', key: 'pw' } }), 'stuck', 'ConfigMap/kube-root-ca.crt has no key "pw", which container "main" needs'],
  ['secret', env({ secretKeyRef: { name: 'none', key: 'pw' } }), 'waiting', 'Secret/none does not exist, which container "main" needs'],
  ['secret-mounted', mounting({ secret: { secretName: 'none' } }), 'waiting', 'Secret/none does not exist, which its Pod mounts'],
  ['secret-key-mounted', mounting({ secret: { secretName: 'have', items: [{ key: 'pw', path: 'pw' }] } }), 'stuck', 'Secret/have has no key "pw", which its Pod mounts'],
  ['config-mounted', mounting({ configMap: { name: 'none' } }), 'waiting', 'ConfigMap/none does not exist, which its Pod mounts'],
  ['root', { container: { securityContext: { runAsNonRoot: true } } }, 'stuck', 'container "main" is refused: container has runAsNonRoot and image will run as root'],
  ['no-node', { pod: { nodeSelector: { never: 'there' } } }, 'waiting', NODE],
  ['too-large', { container: { resources: { requests: { memory: '999Gi' } } } }, 'waiting', NODE],
  ['no-claim', mounting({ persistentVolumeClaim: { claimName: 'none' } }), 'waiting', 'PersistentVolumeClaim/none does not exist, which its Pod needs'],
  ['unbound-claim', mounting({ persistentVolumeClaim: { claimName: 'unbound' } }), 'waiting', 'PersistentVolumeClaim/unbound has no volume yet'],
  ['no-account', { pod: { serviceAccountName: 'nobody' } }, 'waiting', 'ServiceAccount/nobody does not exist, which its Pod runs as'],
  ['no-priority', { pod: { priorityClassName: 'none' } }, 'waiting', 'PriorityClass/none does not exist, which its Pod needs'],
  ['no-runtime', { pod: { runtimeClassName: 'none' } }, 'waiting', 'RuntimeClass/none does not exist, which its Pod needs'],
  ['not-restricted', { where: 'restricted' }, 'stuck', /^its Pod is denied by Pod Security "restricted:latest": allowPrivilegeEscalation/],
  ['over-quota', { where: 'used-up' }, 'waiting', 'ResourceQuota/quota is used up: requested: pods=1, used: pods=0, limited: pods=0'],
  ['no-limits', { where: 'strict' }, 'stuck', 'its Pod is denied by ResourceQuota/quota: must specify limits.cpu for: main'],
  ['over-limits', { where: 'limited', container: { resources: { limits: { memory: '1Gi' } } } }, 'stuck', 'its Pod is denied by a LimitRange: maximum memory usage per Container is 10Mi, but limit is 1Gi'],
  ['against-policy', { where: 'policed' }, 'stuck', /^its Pod is denied by admission: .*denied request: nobody runs here/],
])('%s', async (name, options, how, reason) => {
  const namespace = namespaces.get(options.where ?? 'free')!;
  const over = new AbortController();
  let told: LifecycleEvent | undefined;
  const content = readContent([{ path: `${name}.yaml`, text: JSON.stringify(job(name, namespace, options)) }], namespace);
  const times = [known(name, namespace, 'Pod', over.signal), known(name, namespace, 'Event', over.signal)];
  await execute(planInstall([], content, { release: name, namespace, timeoutSeconds: 60 }), cluster, (event) => {
    if (event.kind === 'hook-waiting' || (event.kind === 'hook-finished' && event.verdict.kind === 'stuck')) told ??= event;
    if (event.kind === 'hook-waiting') over.abort();
  }, { interrupt: over.signal });
  over.abort();
  const isStuck = told?.kind === 'hook-waiting' && told.reason === 'it is being stopped';
  expect(isStuck ? 'stuck' : 'waiting').toBe(how);
  const seen = isStuck ? await reasonOfStop(name, namespace) : (told as { readonly reason: string }).reason;
  expect(seen).toEqual(typeof reason === 'string' ? reason : expect.stringMatching(reason));
  expect(Date.parse(told!.at) - Math.min(...(await Promise.all(times)))).toBeLessThan(2000);
}, 90_000);

/** Why a Job was stopped, as it says itself. */
async function reasonOfStop(name: string, namespace: string): Promise<string> {
  const live = await cluster.get({ apiVersion: 'batch/v1', kind: 'Job', name, namespace });
  return (live?.metadata.annotations?.['cdk8s-lifecycle/stopped'] ?? '').replace(/^cannot run: /, '');
}
