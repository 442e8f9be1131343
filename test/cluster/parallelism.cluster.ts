import { Ran, lifecycle, succeeded } from './cli';
import { testCluster } from './cluster';
import { BUSYBOX_IMAGE } from './images';
import { manifestFolder } from './manifest-folder';
import { createNamespace, deleteNamespace } from './namespace';

/* Hooks whose declared order allows it run beside each other on real Kubernetes; after a failure those that run come to their end. */

const folder = manifestFolder('parallelism');
let namespace: string;

beforeAll(async () => {
  namespace = await createNamespace('parallelism');
});

afterAll(() => deleteNamespace(namespace));

async function run(...args: string[]): Promise<Ran> {
  return lifecycle([...args, '-n', namespace], { env: { KUBECONFIG: (await testCluster()).kubeconfig } });
}

/** A hook whose order was declared; `after` absent: none was. */
function hook(name: string, script: string, { after, weight = 0 }: { readonly after?: string; readonly weight?: number }): object {
  const annotations = {
    'helm.sh/hook': 'pre-install',
    'helm.sh/hook-weight': String(weight),
    ...(after === undefined ? {} : { 'cdk8s-lifecycle/after': after }),
  };
  const container = { name: 'main', image: BUSYBOX_IMAGE, command: ['sh', '-c', script] };
  const spec = { backoffLimit: 0, template: { spec: { restartPolicy: 'Never', terminationGracePeriodSeconds: 1, containers: [container] } } };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name, annotations }, spec };
}

interface Said {
  readonly kind: string;
  readonly hook?: { readonly name: string };
}

/** `started a`, `finished a`: what was told, in its order. */
function told({ stdout }: Ran): string[] {
  const events = stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as Said);
  return events.flatMap(({ kind, hook: of }) => (['hook-started', 'hook-finished'].includes(kind) ? [`${kind.slice(5)} ${of!.name}`] : []));
}

const group = (release: string) => folder.write(
  release,
  hook(`${release}-a`, 'sleep 3', { after: '' }),
  hook(`${release}-b`, 'sleep 3', { after: '' }),
  hook(`${release}-c`, 'sleep 1', { after: `Job/${release}-a`, weight: 1 }),
  hook(`${release}-last`, 'true', { weight: 2 }),
);

test('hooks that do not wait for each other run at once; one without a declared order waits for all', async () => {
  const ran = await run('install', 'wide', group('wide'), '-o', 'json');
  succeeded(ran);
  const order = told(ran);
  expect(order.slice(0, 2)).toEqual(['started wide-a', 'started wide-b']);
  expect(order.indexOf('started wide-c')).toBeGreaterThan(order.indexOf('finished wide-a'));
  expect(order.slice(-2)).toEqual(['started wide-last', 'finished wide-last']);
}, 60_000);

test('with --parallelism 1 they run one after the other', async () => {
  const ran = await run('install', 'narrow', group('narrow'), '-o', 'json', '--parallelism', '1');
  succeeded(ran);
  expect(told(ran)).toEqual(['a', 'b', 'c', 'last'].flatMap((name) => [`started narrow-${name}`, `finished narrow-${name}`]));
}, 60_000);

test('after a failure the one beside it comes to its end, and no other starts', async () => {
  const path = folder.write(
    'broken',
    hook('broken-a', 'exit 3', { after: '' }), hook('broken-b', 'sleep 4; echo done', { after: '' }), hook('broken-c', 'true', { after: 'Job/broken-a', weight: 1 }),
  );
  const ran = await run('install', 'broken', path, '-o', 'json');
  expect([ran.code, told(ran)]).toEqual([1, ['started broken-a', 'started broken-b', 'finished broken-a', 'finished broken-b']]);
  const status = succeeded(await run('status', 'broken'));
  expect(status).toMatch(/Job\/broken-a.*Failed/);
  expect(status).toMatch(/Job\/broken-b.*Succeeded/);
  expect(status).toMatch(/Job\/broken-c.*never ran/);
}, 60_000);
