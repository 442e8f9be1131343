import { statSync } from 'node:fs';
import { join } from 'node:path';
import { auditTrail } from './audit';
import { testCluster } from './cluster';
import { run } from './command';
import { ON_FAKE_NODE } from './fake-node';
import { FAKE_POD } from './fake-pods';
import { BUSYBOX_IMAGE, POSTGRES_IMAGE } from './images';
import { apply, getObject, kubectl } from './kubectl';
import { createNamespace, deleteNamespace, withNamespace } from './namespace';
import { startPostgres } from './postgres';
import { createLocalVolume } from './volumes';

let namespace: string;

beforeAll(async () => {
  namespace = await createNamespace('harness');
});

afterAll(() => deleteNamespace(namespace));

test('a Job runs in a container and its logs can be read', async () => {
  await apply([job('hello', { command: ['sh', '-c', 'echo hello from $(hostname)'] })], namespace);
  await ended('hello', 'Complete');
  expect(await kubectl(['logs', 'job/hello'], { namespace })).toMatch(/^hello from hello-/);
});

test('a Job whose container fails is a failed Job, with the exit code', async () => {
  await apply([job('broken', { command: ['sh', '-c', 'echo no such table >&2; exit 3'] })], namespace);
  await ended('broken', 'Failed');
  expect(await kubectl(['logs', 'job/broken'], { namespace })).toBe('no such table\n');
  expect(await exitCode('broken')).toBe(3);
});

test('a Deployment runs on the real node', async () => {
  const labels = { app: 'web' };
  const template = { metadata: { labels }, spec: { containers: [container({ command: ['sleep', '600'] })] } };
  const spec = { selector: { matchLabels: labels }, template };
  await apply([{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec }], namespace);
  await kubectl(['rollout', 'status', 'deployment/web', '--timeout=60s'], { namespace });
  expect(await kubectl(['exec', 'deployment/web', '--', 'id', '-u'], { namespace })).toBe('0\n');
});

test('a Job on the fake node completes at once', async () => {
  const { fakeNode } = await testCluster();
  await apply([job('fake', {}, ON_FAKE_NODE)], namespace);
  await ended('fake', 'Complete');
  expect(await kubectl(['get', 'pods', '--selector=job-name=fake', '--output=jsonpath={.items[*].spec.nodeName}'], { namespace })).toBe(fakeNode);
});

test('a Job on the fake node ends when and as it is told', async () => {
  await apply([job('told', {}, ON_FAKE_NODE, { [FAKE_POD.runsFor]: '2s', [FAKE_POD.exitCode]: '7' })], namespace);
  await ended('told', 'Failed');
  const [status] = await containerStatuses('told');
  const { startedAt, finishedAt, exitCode: code } = status.state.terminated;
  expect(code).toBe(7);
  expect(Date.parse(finishedAt) - Date.parse(startedAt)).toBeGreaterThanOrEqual(1000);
});

test('the fake node renews its lease, as the real one does', async () => {
  const { fakeNode, realNode } = await testCluster();
  for (const node of [fakeNode!, realNode]) {
    const { spec } = await getObject<{ readonly spec: { readonly renewTime: string } }>(`lease/${node}`, 'kube-node-lease');
    expect(Date.now() - Date.parse(spec.renewTime)).toBeLessThan(40_000);
  }
});

test('a pod reaches PostgreSQL on this machine, as any user and with a read-only root', async () => {
  const server = await startPostgres();
  try {
    await server.sql('CREATE TABLE users (name text); INSERT INTO users VALUES (\'ada\'), (\'grace\')');
    const url = `postgresql://${server.user}:${server.password}@${server.host}:${server.port}/postgres`;
    const script = `psql ${url} --tuples-only --no-align --command 'SELECT name FROM users' && pg_dump ${url} | grep -c COPY`;
    const restricted = { runAsUser: 999, runAsNonRoot: true, readOnlyRootFilesystem: true };
    await apply([job('dump', { image: POSTGRES_IMAGE, command: ['sh', '-c', script], securityContext: restricted })], namespace);
    await ended('dump', 'Complete');
    expect(await kubectl(['logs', 'job/dump'], { namespace })).toBe('ada\ngrace\n1\n');
  } finally {
    await server.stop();
  }
});

test('a local volume is writable by a non-root pod with fsGroup, and can be full', async () => {
  const name = namespace;
  const volume = await createLocalVolume({ name, storageClassName: name, capacity: '64k' });
  try {
    const script = 'echo kept > /backup/file; stat -c %g /backup; dd if=/dev/zero of=/backup/large bs=1k count=100';
    const pod = {
      securityContext: { runAsUser: 999, runAsNonRoot: true, fsGroup: 2000 },
      volumes: [{ name: 'backup', persistentVolumeClaim: { claimName: 'backup' } }],
    };
    const claim = { accessModes: ['ReadWriteOnce'], storageClassName: name, resources: { requests: { storage: '1Mi' } } };
    await apply(
      [
        { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'backup' }, spec: claim },
        job('backup', { command: ['sh', '-c', script], volumeMounts: [{ name: 'backup', mountPath: '/backup' }] }, pod),
      ],
      namespace,
    );
    await ended('backup', 'Failed');
    const log = await kubectl(['logs', 'job/backup'], { namespace });
    expect(log).toMatch(/^2000$/m); // the two streams of a container come in no certain order
    expect(log).toContain('No space left on device');
    expect(statSync(join(volume.hostPath, 'file'))).toMatchObject({ uid: 999, gid: 2000 });
  } finally {
    await volume.delete();
  }
});

test('the audit log tells in which order things happened, and what was written', () =>
  withNamespace('order', async (order) => {
    await apply([job('first', {}, ON_FAKE_NODE)], order);
    await ended('first', 'Complete', order);
    await kubectl(['create', 'configmap', 'second', '--from-literal=answer=42'], { namespace: order });
    await kubectl(['delete', 'job', 'first'], { namespace: order });

    const trail = await auditTrail({ namespace: order });
    const ours = trail.filter(({ user, verb }) => user === 'admin' && ['create', 'delete'].includes(verb));
    const said = ours.map(({ verb, resource, name }) => [verb, resource, name].join(' '));
    expect(said).toEqual(['create jobs first', 'create configmaps second', 'delete jobs first']);
    expect(ours[1].requestObject).toMatchObject({ data: { answer: '42' } });

    const pod = trail.findIndex(({ verb, resource, user }) => verb === 'create' && resource === 'pods' && user.endsWith(':job-controller'));
    expect(pod).toBeGreaterThan(trail.indexOf(ours[0]));
    expect(pod).toBeLessThan(trail.indexOf(ours[1]));
  }));

test.each([['helm3', 'v3.21.4'], ['helm4', 'v4.2.4']] as const)('%s is %s', async (helm, version) => {
  const cluster = await testCluster();
  expect(await run(cluster[helm], ['version', '--template={{.Version}}'])).toBe(version);
});

interface ContainerStatus {
  readonly state: { readonly terminated: { readonly exitCode: number; readonly startedAt: string; readonly finishedAt: string } };
}

function container(content: object): object {
  return { name: 'main', image: BUSYBOX_IMAGE, ...content };
}

function job(name: string, content: object, pod: object = {}, annotations: object = {}): object {
  const spec = { restartPolicy: 'Never', ...pod, containers: [container(content)] };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name }, spec: { backoffLimit: 0, template: { metadata: { annotations }, spec } } };
}

async function ended(name: string, condition: 'Complete' | 'Failed', where = namespace): Promise<void> {
  await kubectl(['wait', `--for=condition=${condition}`, '--timeout=60s', `job/${name}`], { namespace: where });
}

async function containerStatuses(jobName: string): Promise<readonly ContainerStatus[]> {
  const pods = await getObject<{ readonly items: readonly { readonly status: { readonly containerStatuses: readonly ContainerStatus[] } }[] }>(
    'pods',
    namespace,
    `--selector=job-name=${jobName}`,
  );
  return pods.items.flatMap(({ status }) => status.containerStatuses);
}

async function exitCode(jobName: string): Promise<number> {
  const [status] = await containerStatuses(jobName);
  return status.state.terminated.exitCode;
}
