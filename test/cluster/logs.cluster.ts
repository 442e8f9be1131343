import { Ran, lifecycle, succeeded } from './cli';
import { testCluster } from './cluster';
import { BUSYBOX_IMAGE } from './images';
import { kubectl } from './kubectl';
import { manifestFolder } from './manifest-folder';
import { createNamespace, deleteNamespace } from './namespace';

/* Logs of real containers: they come while the hook runs, from all of them, and are there when their Pods are gone. */

const folder = manifestFolder('logs');
let namespace: string;

beforeAll(async () => {
  namespace = await createNamespace('logs');
});

afterAll(() => deleteNamespace(namespace));

async function run(...args: string[]): Promise<Ran> {
  return lifecycle([...args, '-n', namespace], { env: { KUBECONFIG: (await testCluster()).kubeconfig } });
}

interface PodSpec {
  readonly terminationGracePeriodSeconds?: number;
  readonly initContainers?: readonly object[];
  readonly containers: readonly object[];
}

const container = (name: string, script: string) => ({ name, image: BUSYBOX_IMAGE, command: ['sh', '-c', script] });

function manifest(release: string, pod: PodSpec, job: object = {}, policies = 'before-hook-creation'): string {
  const annotations = { 'helm.sh/hook': 'pre-install', 'helm.sh/hook-delete-policy': policies };
  const spec = { backoffLimit: 0, template: { spec: { restartPolicy: 'Never', ...pod } }, ...job };
  return folder.write(release, { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: release, annotations }, spec });
}

interface LogEvent {
  readonly kind: string;
  readonly at: string;
  readonly line: string;
  readonly container: string;
  readonly pod: string;
  readonly among?: string;
}

async function logEvents(release: string, path: string): Promise<LogEvent[]> {
  const lines = succeeded(await run('install', release, path, '-o', 'json')).trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as LogEvent).filter(({ kind }) => kind === 'hook-log');
}

test('init containers and all containers are read, each line with its container, while they run', async () => {
  const pod = {
    initContainers: [container('first', 'echo prepared')],
    containers: [container('main', 'echo began; sleep 3; echo ended'), container('aside', 'echo beside')],
  };
  const events = await logEvents('several', manifest('several', pod));
  expect(events.map((event) => `${event.among} ${event.container} ${event.line}`).sort()).toEqual([
    'containers aside beside', 'containers first prepared', 'containers main began', 'containers main ended',
  ]);
  const at = (line: string) => Date.parse(events.find((event) => event.line === line)!.at);
  expect(at('ended') - at('began')).toBeGreaterThan(1500);
  expect(at('prepared')).toBeLessThanOrEqual(at('began'));
  const { stdout } = await run('logs', 'several', 'several');
  expect(stdout.trimEnd().split('\n')).toEqual(['first| prepared', 'main| began', 'main| ended', 'aside| beside']);
});

test('every Pod of a Job with parallelism is read, each line with its Pod', async () => {
  const events = await logEvents('parallel', manifest('parallel', { containers: [container('main', 'echo hello from $HOSTNAME; sleep 2')] }, { parallelism: 3, completions: 3 }));
  expect([events.length, new Set(events.map(({ pod }) => pod)).size, new Set(events.map(({ among }) => among))]).toEqual([3, 3, new Set(['pods'])]);
  expect(events.every(({ pod, line }) => line === `hello from ${pod}`)).toBe(true);
});

test('a container that is started again is read again', async () => {
  const script = 'test -f /state/once && echo second try || { echo first try; touch /state/once; exit 1; }';
  const pod = {
    restartPolicy: 'OnFailure',
    containers: [{ ...container('main', script), volumeMounts: [{ name: 'state', mountPath: '/state' }] }],
    volumes: [{ name: 'state', emptyDir: {} }],
  };
  const events = await logEvents('again', manifest('again', pod, { backoffLimit: 3 }));
  expect(events.map(({ line }) => line)).toEqual(['first try', 'second try']);
});

test('what was printed is there when the Job is gone: the last hundred lines', async () => {
  const path = manifest('gone', { containers: [container('main', 'seq 1 250')] }, {}, 'before-hook-creation,hook-succeeded');
  expect((await run('install', 'gone', path)).code).toBe(0);
  expect(await kubectl(['get', 'job', 'gone', '--ignore-not-found', '-o', 'name'], { namespace })).toBe('');
  const { code, stdout, stderr } = await run('logs', 'gone', 'gone');
  expect([code, stdout]).toEqual([0, `${Array.from({ length: 100 }, (_, index) => index + 151).join('\n')}\n`]);
  expect(stderr).toContain('note: The Pods of Job/gone are gone; only the last 100 lines were kept');
});

test('an operation that another process runs is followed until its hooks have ended', async () => {
  const path = manifest('followed', { containers: [container('main', 'for i in 1 2 3 4; do echo step $i; sleep 1; done')] }, {}, 'before-hook-creation,hook-succeeded');
  const operation = run('install', 'followed', path);
  await kubectl(['wait', '--for=create', 'secret/sh.helm.release.v1.followed.v1', '--timeout=30s'], { namespace });
  const { code, stdout } = await run('logs', 'followed', '--follow');
  expect((await operation).code).toBe(0);
  const lines = stdout.trimEnd().split('\n');
  expect([code, lines.slice(0, -1)]).toEqual([0, ['==> pre-install Job/followed: running <==', 'step 1', 'step 2', 'step 3', 'step 4']]);
  expect(lines.at(-1)).toMatch(/^==> pre-install Job\/followed: succeeded \(\d+\.\d s\) <==$/);
});

test('hooks that run side by side are followed at once, each line with the name of its hook', async () => {
  const hook = (name: string) => {
    const annotations = { 'helm.sh/hook': 'pre-install', 'cdk8s-lifecycle/after': '' };
    const pod = { restartPolicy: 'Never', containers: [container('main', `for i in 1 2 3 4 5; do echo ${name} $i; sleep 1; done`)] };
    return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name, annotations }, spec: { backoffLimit: 0, template: { spec: pod } } };
  };
  const operation = run('install', 'beside', folder.write('beside', hook('left'), hook('right')));
  await kubectl(['wait', '--for=create', 'job/right', '--timeout=30s'], { namespace });
  const { code, stdout } = await run('logs', 'beside', '--follow');
  expect([(await operation).code, code]).toEqual([0, 0]);
  const lines = stdout.trimEnd().split('\n');
  expect(lines.filter((line) => line.endsWith('running <=='))).toEqual(['==> pre-install Job/left: running <==', '==> pre-install Job/right: running <==']);
  const printed = lines.filter((line) => !line.startsWith('==>'));
  const of = (name: string) => [1, 2, 3, 4, 5].map((step) => `Job/${name}| ${name} ${step}`);
  // What came before the second was found has no name in front of it yet.
  const named = printed.map((line) => (line.includes('| ') ? line : `Job/${line.split(' ')[0]}| ${line}`));
  expect([named.filter((line) => line.startsWith('Job/left')), named.filter((line) => line.startsWith('Job/right'))]).toEqual([of('left'), of('right')]);
  expect(printed.indexOf('Job/right| right 3')).toBeLessThan(printed.indexOf('Job/left| left 5'));
  expect(printed.indexOf('Job/left| left 3')).toBeLessThan(printed.indexOf('Job/right| right 5'));
});

test('a hook that is stopped leaves its log, although Kubernetes deletes its Pod', async () => {
  const script = 'trap "echo rolling back; exit 1" TERM; echo waiting for a lock; sleep 600 & wait';
  const path = manifest('stopped', { containers: [container('main', script)], terminationGracePeriodSeconds: 5 });
  expect((await run('install', 'stopped', path, '--timeout', '8s')).code).toBe(1);
  expect(await kubectl(['get', 'pods', '-l', 'job-name=stopped', '-o', 'name'], { namespace })).toBe('');
  const { stdout } = await run('logs', 'stopped', 'stopped');
  expect(stdout).toBe('waiting for a lock\nrolling back\n');
});
