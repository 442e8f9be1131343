import { Ran, lifecycle, succeeded } from './cli';
import { testCluster } from './cluster';
import { BUSYBOX_IMAGE } from './images';
import { kubectl } from './kubectl';
import { manifestFolder } from './manifest-folder';
import { createNamespace, deleteNamespace } from './namespace';

/* A hook that fails is run once more on real Kubernetes: by its exit code, when its Pods are gone, with a log of each attempt. */

const folder = manifestFolder('retry');
let namespace: string;

beforeAll(async () => {
  namespace = await createNamespace('retry');
});

afterAll(() => deleteNamespace(namespace));

async function run(...args: string[]): Promise<Ran> {
  return lifecycle([...args, '-n', namespace], { env: { KUBECONFIG: (await testCluster()).kubeconfig } });
}

function manifest(release: string, retry: string, script: string): string {
  const annotations = { 'helm.sh/hook': 'pre-install', 'cdk8s-lifecycle/retry': retry };
  const container = { name: 'main', image: BUSYBOX_IMAGE, command: ['sh', '-c', script] };
  const spec = { backoffLimit: 0, template: { spec: { restartPolicy: 'Never', terminationGracePeriodSeconds: 1, containers: [container] } } };
  return folder.write(release, { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: release, annotations }, spec });
}

interface Said {
  readonly kind: string;
  readonly attempt?: number;
  readonly verdict?: { readonly kind: string; readonly cause?: string };
}

const json = (text: string) => text.trimEnd().split('\n').map((line) => JSON.parse(line) as Said);
const named = (events: readonly Said[], ...kinds: readonly string[]) => events.filter(({ kind }) => kinds.includes(kind));

test('a hook whose exit code was chosen is run until it succeeds; logs and status tell of every attempt', async () => {
  const ready = Math.floor(Date.now() / 1000) + 4;
  const script = `if [ $(date +%s) -lt ${ready} ]; then echo too early; exit 75; fi; echo migrated`;
  const events = json(succeeded(await run('install', 'patient', manifest('patient', 'attempts=8,backoff=500ms,on=75', script), '-o', 'json')));
  const retried = named(events, 'hook-retried');
  const last = retried.length + 1;
  expect(retried.length).toBeGreaterThan(0);
  expect(new Set(retried.map(({ verdict }) => verdict!.cause))).toEqual(new Set(['container "main" exited 75']));
  expect(named(events, 'hook-finished')).toMatchObject([{ verdict: { kind: 'succeeded' }, attempt: last }]);
  const logs = succeeded(await run('logs', 'patient'));
  expect(logs.match(/too early/g)).toHaveLength(retried.length);
  expect(logs).toMatch(new RegExp(`==> pre-install Job/patient \\(attempt ${last}\\): succeeded[^\\n]*\\nmigrated`));
  expect(succeeded(await run('status', 'patient'))).toContain(`Succeeded (attempt ${last})`);
  expect(await kubectl(['get', 'jobs,pods', '-n', namespace, '-o', 'name'])).toMatch(/^pod\/patient-\w+\njob.batch\/patient\n?$|^job.batch\/patient\npod\/patient-\w+\n?$/);
}, 60_000);

test('one that exits with another code has failed', async () => {
  const { code, stdout } = await run('install', 'hasty', manifest('hasty', 'attempts=3,on=75', 'exit 1'), '-o', 'json');
  expect([code, named(json(stdout), 'hook-retried')]).toEqual([1, []]);
}, 60_000);
