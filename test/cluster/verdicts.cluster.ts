import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Deletion } from '../../src/cluster';
import { KubernetesCluster } from '../../src/cluster/kubernetes';
import { LifecycleEvent, Verdict, execute, planInstall } from '../../src/lifecycle';
import { readContent } from '../../src/release';
import { KubeObject, describeRef } from '../../src/vocabulary';
import { testCluster } from './cluster';
import { ON_FAKE_NODE } from './fake-node';
import { FAKE_POD } from './fake-pods';
import { BUSYBOX_IMAGE } from './images';
import { kubectl } from './kubectl';
import { createNamespace, deleteNamespace } from './namespace';
import { waitUntil } from './wait';

/* The runner's verdict on a Job is that of Kubernetes, brought forward and never another, whatever the Job is like and whatever happens to it. */

let namespace: string;
let cluster: KubernetesCluster;

beforeAll(async () => {
  namespace = await createNamespace('verdicts');
  cluster = KubernetesCluster.connect({ kubeconfig: (await testCluster()).kubeconfig });
});

afterAll(async () => {
  cluster.close();
  await deleteNamespace(namespace);
});

type Fields = Readonly<Record<string, unknown>>;

interface JobOptions {
  /** What runs on the real node. */
  readonly script?: string;
  readonly spec?: Fields;
  readonly pod?: Fields;
  readonly container?: Fields;
  /** How it runs on the fake node. */
  readonly fake?: Readonly<Record<string, string>>;
}

function job(name: string, { script, spec = {}, pod = {}, container = {}, fake }: JobOptions): KubeObject {
  const main = { name: 'main', image: BUSYBOX_IMAGE, imagePullPolicy: 'IfNotPresent', ...(script === undefined ? {} : { command: ['sh', '-c', script] }), ...container };
  const where = fake === undefined ? {} : ON_FAKE_NODE;
  const template = { metadata: { annotations: fake ?? {} }, spec: { restartPolicy: 'Never', terminationGracePeriodSeconds: 2, ...where, ...pod, containers: [main] } };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name }, spec: { backoffLimit: 0, ...spec, template } };
}

interface RunOptions {
  readonly through?: KubernetesCluster;
  readonly timeoutSeconds?: number;
  /** What happens beside it. */
  readonly meanwhile?: () => Promise<unknown>;
}

interface Result {
  readonly verdict: Verdict;
  readonly events: readonly LifecycleEvent[];
}

/** Runs a Job as the only hook of a release, and does something to it meanwhile. */
async function hookOf(object: KubeObject, options: RunOptions = {}): Promise<Result> {
  const { through = cluster, timeoutSeconds = 120, meanwhile = async () => undefined } = options;
  const { name } = object.metadata;
  const hook = { ...object, metadata: { ...object.metadata, annotations: { 'helm.sh/hook': 'pre-install' } } };
  const content = readContent([{ path: `${name}.yaml`, text: JSON.stringify(hook) }], namespace);
  const events: LifecycleEvent[] = [];
  const plan = planInstall([], content, { release: name!, namespace, timeoutSeconds });
  const [outcome] = await Promise.all([execute(plan, through, (event) => events.push(event)), meanwhile()]);
  const finished = events.find((event) => event.kind === 'hook-finished');
  if (!finished) throw new Error(`${describeRef({ kind: 'Job', name: name! })}: ${outcome.error?.message}`);
  return { verdict: finished.verdict, events };
}

function liveJob(name: string): Promise<KubeObject | undefined> {
  return cluster.get({ apiVersion: 'batch/v1', kind: 'Job', name, namespace });
}

/** The verdict of Kubernetes: the type and the reason of the final condition. */
async function conclusion(name: string): Promise<string | undefined> {
  type Status = { readonly conditions?: readonly { readonly type: string; readonly status: string; readonly reason: string }[] } | undefined;
  const conditions = ((await liveJob(name))?.status as Status)?.conditions ?? [];
  const last = conditions.find(({ type, status }) => status === 'True' && (type === 'Complete' || type === 'Failed'));
  return last && `${last.type} ${last.reason}`;
}

async function concluded(name: string): Promise<string> {
  await waitUntil(`Job/${name} is finished`, async () => (await conclusion(name)) !== undefined, { seconds: 90 });
  return (await conclusion(name))!;
}

async function podOf(name: string): Promise<KubeObject> {
  const query = { apiVersion: 'v1', kind: 'Pod', namespace, labels: { 'job-name': name } };
  const running = async () => (await cluster.list(query)).find(({ status }) => (status as { phase?: string }).phase === 'Running');
  await waitUntil(`a Pod of Job/${name} runs`, async () => (await running()) !== undefined, { seconds: 60 });
  return (await running())!;
}

const byIndex = (index: string) => `[ $JOB_COMPLETION_INDEX = ${index} ]`;
const indexed = { completionMode: 'Indexed', completions: 3, parallelism: 3 };
const onExit = (action: string) => ({ podFailurePolicy: { rules: [{ action, onExitCodes: { operator: 'In', values: [42] } }] } });
const sometimes = { volumes: [{ name: 'v', emptyDir: {} }] };

/** Each also runs without the runner: Kubernetes must come to the same end. */
test.concurrent.each<[string, JobOptions, string, string]>([
  ['succeeds', { fake: {} }, 'Complete CompletionsReached', ''],
  ['fails', { fake: { [FAKE_POD.exitCode]: '3' } }, 'Failed BackoffLimitExceeded', 'container "main" exited 3'],
  ['fails twice', { fake: { [FAKE_POD.exitCode]: '3' }, spec: { backoffLimit: 1 } }, 'Failed BackoffLimitExceeded', 'container "main" exited 3; container "main" exited 3'],
  ['has six completions', { fake: { [FAKE_POD.runsFor]: '1s' }, spec: { completions: 6, parallelism: 3, activeDeadlineSeconds: 60 } }, 'Complete CompletionsReached', ''],
  ['is a work queue', { fake: { [FAKE_POD.runsFor]: '1s' }, spec: { completions: undefined, parallelism: 2 } }, 'Complete CompletionsReached', ''],
  ['is indexed', { fake: {}, spec: indexed }, 'Complete CompletionsReached', ''],
  ['fails at one index', { script: `${byIndex('1')} && exit 4; sleep 2`, spec: { ...indexed, backoffLimit: undefined, backoffLimitPerIndex: 0 } }, 'Failed FailedIndexes', 'container "main" exited 4'],
  [
    'fails at more indexes than it may',
    { script: `${byIndex('2')} && sleep 300; exit 4`, spec: { ...indexed, backoffLimit: undefined, backoffLimitPerIndex: 0, maxFailedIndexes: 1 } },
    'Failed MaxFailedIndexesExceeded',
    'container "main" exited 4',
  ],
  ['fails for good by its policy', { fake: { [FAKE_POD.exitCode]: '42' }, spec: { backoffLimit: 5, ...onExit('FailJob') } }, 'Failed PodFailurePolicy', 'container "main" exited 42'],
  ['succeeds by its policy', { script: `${byIndex('0')} || sleep 60`, spec: { ...indexed, successPolicy: { rules: [{ succeededIndexes: '0' }] } } }, 'Complete SuccessPolicy', ''],
  [
    'fails once in the same Pod',
    { script: '[ -e /v/again ] || { touch /v/again; exit 5; }', pod: { restartPolicy: 'OnFailure', ...sometimes }, container: { volumeMounts: [{ name: 'v', mountPath: '/v' }] }, spec: { backoffLimit: 2 } },
    'Complete CompletionsReached',
    '',
  ],
  ['fails too often in the same Pod', { script: 'exit 5', pod: { restartPolicy: 'OnFailure' }, spec: { backoffLimit: 1 } }, 'Failed BackoffLimitExceeded', 'container "main" exited 5'],
  ['exceeds its deadline', { fake: { [FAKE_POD.runsFor]: '10m' }, spec: { activeDeadlineSeconds: 3 } }, 'Failed DeadlineExceeded', 'DeadlineExceeded'],
  ['obeys its deadline with success', { script: 'trap "exit 0" TERM; sleep 60 & wait', spec: { activeDeadlineSeconds: 4 } }, 'Failed DeadlineExceeded', 'DeadlineExceeded'],
  ['uses up its memory', { script: 'x=a; while :; do x=$x$x; done', container: { resources: { limits: { memory: '20Mi' } } } }, 'Failed BackoffLimitExceeded', 'used more memory than its limit of 20Mi'],
  ['has no such program', { container: { command: ['/nope'] } }, 'Failed BackoffLimitExceeded', 'exited 128 (StartError: exec: "/nope": stat /nope: no such file or directory)'],
])('a Job that %s', async (what, options, expected, cause) => {
  const name = what.replaceAll(' ', '-').toLowerCase();
  await cluster.create({ ...job(`${name}-alone`, options), metadata: { name: `${name}-alone`, namespace } });
  const { verdict } = await hookOf(job(name, options));
  expect([await concluded(name), await concluded(`${name}-alone`)]).toEqual([expected, expected]);
  expect(verdict.kind).toBe(expected.startsWith('Complete') ? 'succeeded' : 'failed');
  expect(verdict.kind === 'failed' ? verdict.cause : '').toContain(cause);
  const deadline = (object: KubeObject | undefined) => (object?.spec as { activeDeadlineSeconds?: number }).activeDeadlineSeconds;
  expect(deadline(await liveJob(name))).toBe(options.spec?.activeDeadlineSeconds);
}, 150_000);

test.concurrent.each([3000, 3400, 3800, 4200, 4600, 5000])('a Pod that ends %d ms after its start, when the deadline is 5 s, has the verdict of Kubernetes', async (milliseconds) => {
  const name = `late-${milliseconds}`;
  const { verdict } = await hookOf(job(name, { fake: { [FAKE_POD.runsFor]: `${milliseconds}ms` }, spec: { activeDeadlineSeconds: 5 } }));
  expect(verdict.kind).toBe((await concluded(name)).startsWith('Complete') ? 'succeeded' : 'failed');
}, 60_000);

const away = (name: string, options: Deletion = { propagation: 'background' }) => cluster.delete({ apiVersion: 'batch/v1', kind: 'Job', name, namespace }, options);

test.concurrent('a Job that somebody deletes has failed', async () => {
  const { verdict } = await hookOf(job('deleted', { fake: { [FAKE_POD.runsFor]: '10m' } }), { meanwhile: async () => (await podOf('deleted'), away('deleted')) });
  expect(verdict).toEqual({ kind: 'failed', cause: 'it was deleted before it finished' });
}, 60_000);

test.concurrent('a Job that takes the name of a deleted one does not succeed for it', async () => {
  const replace = async () => {
    await podOf('replaced');
    await away('replaced');
    await waitUntil('Job/replaced is gone', async () => (await liveJob('replaced')) === undefined, { seconds: 20 });
    await cluster.create({ ...job('replaced', { fake: {} }), metadata: { name: 'replaced', namespace } });
  };
  const { verdict } = await hookOf(job('replaced', { fake: { [FAKE_POD.runsFor]: '10m' } }), { meanwhile: replace });
  expect(verdict).toEqual({ kind: 'failed', cause: 'it was deleted before it finished' });
}, 60_000);

test.concurrent.each([['0', 'succeeded'], ['1', 'failed']])('a Job that its TTL removes at once, and whose container exits %s, has %s', async (exitCode, kind) => {
  const name = `removed-${exitCode}`;
  const { verdict } = await hookOf(job(name, { fake: { [FAKE_POD.exitCode]: exitCode }, spec: { ttlSecondsAfterFinished: 0 } }));
  expect(verdict.kind).toBe(kind);
  await waitUntil(`Job/${name} is removed`, async () => (await liveJob(name)) === undefined, { seconds: 20 });
}, 60_000);

async function evict(name: string): Promise<void> {
  const { metadata } = await podOf(name);
  const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: metadata.name, namespace } };
  await kubectl(['create', '--raw', `/api/v1/namespaces/${namespace}/pods/${metadata.name}/eviction`, '-f', '-'], { input: JSON.stringify(eviction) });
}

test.concurrent('a Job whose only Pod is evicted has failed, and says that it was', async () => {
  const { verdict } = await hookOf(job('evicted', { script: 'trap "exit 143" TERM; sleep 600 & wait' }), { meanwhile: () => evict('evicted') });
  expect(verdict).toEqual({ kind: 'failed', cause: expect.stringMatching(/^Pod evicted-\w+ was taken away \(EvictionByEvictionAPI/) });
  expect(await concluded('evicted')).toBe('Failed BackoffLimitExceeded');
}, 90_000);

test.concurrent('an eviction that the policy of the Job ignores costs it nothing', async () => {
  const policy = { podFailurePolicy: { rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }] } };
  const script = 'trap "exit 143" TERM; sleep 12 & wait';
  const { verdict } = await hookOf(job('spared', { script, spec: policy }), { meanwhile: () => evict('spared') });
  expect([verdict.kind, await concluded('spared')]).toEqual(['succeeded', 'Complete CompletionsReached']);
}, 120_000);

test.concurrent('a Job whose node is lost has failed', async () => {
  const node = `lost-${namespace}`;
  const taint = { key: 'lost', value: node, effect: 'NoSchedule' };
  const labels = { 'kubernetes.io/hostname': node, 'type': 'kwok' };
  const annotations = { 'kwok.x-k8s.io/node': 'fake' };
  await cluster.create({ apiVersion: 'v1', kind: 'Node', metadata: { name: node, annotations, labels }, spec: { taints: [taint] } });
  const lose = async () => {
    await podOf('stranded');
    await kubectl(['delete', 'node', node, '--wait=false']);
  };
  const where = { nodeSelector: { 'kubernetes.io/hostname': node }, tolerations: [{ operator: 'Exists' }] };
  try {
    const { verdict } = await hookOf(job('stranded', { fake: { [FAKE_POD.runsFor]: '10m' }, pod: where }), { timeoutSeconds: 170, meanwhile: lose });
    expect(verdict).toEqual({ kind: 'failed', cause: expect.stringMatching(/^Pod stranded-\w+ was taken away \(DeletionBy/) });
  } finally {
    await kubectl(['delete', 'node', node, '--ignore-not-found', '--wait=false']);
  }
}, 200_000);

test.concurrent('a Job that is stopped at the timeout, and obeys with success, has not succeeded', async () => {
  const { verdict } = await hookOf(job('obedient', { script: 'trap "exit 0" TERM; sleep 600 & wait' }), { timeoutSeconds: 5 });
  expect([verdict, await concluded('obedient')]).toEqual([{ kind: 'timed-out', afterSeconds: 5 }, 'Failed DeadlineExceeded']);
}, 60_000);

test.concurrent('without the right to patch Jobs or to read events the verdicts are the same', async () => {
  const verbs = ['get', 'list', 'watch', 'create', 'delete', 'update'];
  const rules = [
    { apiGroups: [''], resources: ['pods', 'pods/log', 'secrets'], verbs: [...verbs, 'patch'] },
    { apiGroups: ['batch'], resources: ['jobs'], verbs },
  ];
  const api = 'rbac.authorization.k8s.io';
  await cluster.create({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'modest', namespace } });
  await cluster.create({ apiVersion: `${api}/v1`, kind: 'Role', metadata: { name: 'modest', namespace }, rules });
  await cluster.create({
    apiVersion: `${api}/v1`,
    kind: 'RoleBinding',
    metadata: { name: 'modest', namespace },
    roleRef: { apiGroup: api, kind: 'Role', name: 'modest' },
    subjects: [{ kind: 'ServiceAccount', name: 'modest', namespace }],
  });
  const modest = await connectAs('modest');
  try {
    const good = await hookOf(job('modest', { fake: {} }), { through: modest });
    const bad = await hookOf(job('modest-bad', { fake: { [FAKE_POD.exitCode]: '3' } }), { through: modest });
    expect([good.verdict.kind, bad.verdict]).toEqual(['succeeded', { kind: 'failed', cause: 'container "main" exited 3' }]);
    const aboutEvents = ({ events }: Result) => events.filter((event) => event.kind === 'warning' && event.message.startsWith("What keeps a hook's Pods"));
    expect([aboutEvents(good).length, aboutEvents(bad).length]).toEqual([1, 1]);
  } finally {
    modest.close();
  }
}, 60_000);

/** A connection with the token of a ServiceAccount. */
async function connectAs(account: string): Promise<KubernetesCluster> {
  const { kubeconfig } = await testCluster();
  const config = JSON.parse(await kubectl(['config', 'view', '--raw', '-o', 'json', '--kubeconfig', kubeconfig])) as { readonly users: readonly object[] };
  const token = (await kubectl(['create', 'token', account], { namespace })).trim();
  const folder = mkdtempSync(join(tmpdir(), 'verdicts-'));
  const path = join(folder, 'config');
  try {
    writeFileSync(path, JSON.stringify({ ...config, users: config.users.map((user) => ({ ...user, user: { token } })) }), { mode: 0o600 });
    return KubernetesCluster.connect({ kubeconfig: path });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
