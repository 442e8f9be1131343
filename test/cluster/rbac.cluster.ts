import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Access } from '../../src/cluster';
import { KubernetesCluster } from '../../src/cluster/kubernetes';
import {
  LifecycleEvent, OperationName, Permission, PlanOptions, RecordStore, RoleSubject, grants, performWith, planInstall, planRollback, planTest,
  planUninstall, planUpgrade, releasePermissions,
} from '../../src/lifecycle';
import { History, readContent } from '../../src/release';
import { KubeObject } from '../../src/vocabulary';
import { configMap, job, object } from '../release/manifests';
import { auditTrail } from './audit';
import { Ran, lifecycle, succeeded } from './cli';
import { withCliImage } from './cli-image';
import { testCluster } from './cluster';
import { ON_FAKE_NODE } from './fake-node';
import { apply, getObject, kubectl } from './kubectl';
import { createNamespace, deleteNamespace } from './namespace';
import { Account, createServiceAccount } from './service-account';
import { waitUntil } from './wait';

/* The rights that `rbac` prints are enough for everything, from outside and from a Pod; and none of them is too much. */

const POD = { restartPolicy: 'Never', ...ON_FAKE_NODE, containers: [{ name: 'main', image: 'docker.io/library/busybox:1.35' }] };

function hook(name: string, on: string, policies = 'before-hook-creation,hook-succeeded'): KubeObject {
  return job(name, { on, policies }, { template: { spec: POD } });
}

/** A chart with hooks of every operation; what it has in two versions changes from one to the other. */
function chart(name: string, version: number): KubeObject[] {
  return [
    configMap(`${name}-settings`, { version: String(version) }),
    configMap(`${name}-only-${version}`),
    object('v1', 'Service', `${name}-web`, { spec: { ports: [{ port: 80 }], selector: { app: name } } }),
    object('v1', 'ServiceAccount', `${name}-hooks`, {}, { on: 'pre-install,pre-upgrade', weight: -5, policies: 'before-hook-creation' }),
    hook(`${name}-migrate`, 'pre-install,pre-upgrade'),
    hook(`${name}-check`, 'post-install,post-upgrade,post-rollback'),
    hook(`${name}-restore`, 'pre-rollback'),
    hook(`${name}-backup`, 'pre-delete'),
    hook(`${name}-clean`, 'post-delete'),
    hook(`${name}-test`, 'test'),
  ];
}

/** The same with objects that live outside of namespaces, and roles. */
function wideChart(name: string, version: number): KubeObject[] {
  const API = 'rbac.authorization.k8s.io/v1';
  const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }];
  return [
    ...chart(name, version),
    object('scheduling.k8s.io/v1', 'PriorityClass', name, { value: 10, description: `version ${version}` }),
    object(API, 'ClusterRole', name, { rules }),
    object(API, 'ClusterRoleBinding', name, {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
      subjects: [{ kind: 'ServiceAccount', name: `${name}-hooks`, namespace }],
    }),
  ];
}

let namespace: string;
let folder: string;
let account: Account;
let admin: KubernetesCluster;
let user: KubernetesCluster;

beforeAll(async () => {
  namespace = await createNamespace('rbac');
  folder = mkdtempSync(join(tmpdir(), 'rbac-'));
  account = await createServiceAccount('deployer', namespace, folder);
  admin = KubernetesCluster.connect({ kubeconfig: (await testCluster()).kubeconfig });
  user = KubernetesCluster.connect({ kubeconfig: account.kubeconfig });
});

afterAll(async () => {
  for (const each of [admin, user]) each?.close();
  for (const kind of ['clusterrole', 'clusterrolebinding', 'priorityclass']) {
    const names = (await kubectl(['get', kind, '-o', 'name'])).split('\n').filter((name) => name.includes(namespace));
    if (names.length > 0) await kubectl(['delete', ...names, '--ignore-not-found']);
  }
  await deleteNamespace(namespace);
  rmSync(folder, { recursive: true, force: true });
});

function documents(objects: readonly KubeObject[]): string {
  return objects.map((each) => JSON.stringify(each)).join('\n---\n');
}

function manifest(name: string, objects: readonly KubeObject[]): string {
  const path = join(folder, `${name}.yaml`);
  writeFileSync(path, documents(objects));
  return path;
}

const asAdmin = async (...args: string[]): Promise<Ran> => lifecycle([...args, '-n', namespace], { env: { KUBECONFIG: (await testCluster()).kubeconfig } });
const asUser = (...args: string[]): Promise<Ran> => lifecycle([...args, '-n', namespace], { env: { KUBECONFIG: account.kubeconfig } });

/** Gives the user what `rbac` prints, and nothing else, and waits until the API server knows. */
async function grantPrinted(release: string, ...args: string[]): Promise<string> {
  const printed = succeeded(await asAdmin('rbac', release, ...args, '--wait', '--service-account', 'deployer'));
  await kubectl(['apply', '--filename=-'], { input: printed });
  const lease = { verb: 'get', group: 'coordination.k8s.io', resource: 'leases', namespace, name: `cdk8s-lifecycle.${release}` };
  await waitUntil('the API server knows the printed roles', async () => (await user.denied([lease])).length === 0, { seconds: 10 });
  return printed;
}

/** What the user has changed since a moment, questions about its own rights left out. */
async function writes(since: Date): Promise<string[]> {
  const trail = await auditTrail({ since, user: account.user });
  return trail
    .filter(({ verb, resource }) => ['create', 'update', 'patch', 'delete', 'deletecollection'].includes(verb) && !resource.startsWith('selfsubject'))
    .map(({ verb, resource, name, code }) => `${verb} ${resource}/${name} ${code}`);
}

describe.each<[string, string, (name: string, version: number) => KubeObject[], RegExp]>([
  ['in its namespace', 'narrow', chart, /^(?![^]*ClusterRole)/],
  ['with objects that have no namespace', 'wide', wideChart, /kind: ClusterRole\n[^]*kind: Role\n/],
])('a chart %s', (_, word, objects, kinds) => {
  const release = () => `${word}-${namespace}`;

  test('exactly what is printed is enough for all of its life, with nothing forbidden', async () => {
    const name = release();
    const [first, second] = [1, 2].map((version) => manifest(`${name}-${version}`, objects(name, version)));
    const printed = await grantPrinted(name, first);
    expect(printed).toMatch(kinds);
    const runs = [await asUser('install', name, first, '--wait')];
    await grantPrinted(name, second);
    runs.push(await asUser('upgrade', name, second, '--wait'), await asUser('test', name), await asUser('rollback', name, '1', '--wait'), await asUser('uninstall', name, '--wait'));
    for (const run of runs) expect(succeeded(run)).not.toMatch(/forbidden|could not be checked/); // the fake node has no logs
    expect(await kubectl(['get', 'secret,lease', '-o', 'name'], { namespace })).toBe('');
  });
});

/** The permissions of one operation on a release in a namespace of the chart, and a run of it by the user. */
function operationOf(operation: OperationName, release: string) {
  const options: PlanOptions = { release, namespace, wait: true };
  const content = (version: number) => readContent([{ path: 'app.yaml', text: documents(chart(release, version)) }], namespace);
  const given = { install: content(1), upgrade: content(2), rollback: undefined, uninstall: undefined, test: undefined }[operation];
  return {
    permissions: async () => {
      const history = await new RecordStore(admin, release, namespace).history();
      return releasePermissions({ operations: [operation], history, content: given, options }, admin);
    },
    run: () =>
      performWith(
        {
          operation,
          release,
          namespace,
          plan: (history) => {
            switch (operation) {
              case 'install': return planInstall(history, given!, options);
              case 'upgrade': return planUpgrade(history, given!, options);
              case 'rollback': return planRollback(history, 1, options);
              case 'uninstall': return planUninstall(history, options);
              case 'test': return planTest(history, { only: [], except: [] }, options);
            }
          },
        },
        user,
        () => undefined,
      ),
  };
}

/** The objects of the roles, as the cluster takes them. */
function roleObjects(permissions: readonly Permission[], release: string): KubeObject[] {
  const subject: RoleSubject = { kind: 'ServiceAccount', name: 'deployer', namespace };
  return grants(permissions, { release, namespace, subject }).flatMap(({ role, binding }) => [
    { ...role, rules: role.rules.map(({ otherwise: _, ...rule }) => rule) }, binding,
  ]);
}

describe.each<OperationName>(['install', 'upgrade', 'rollback', 'uninstall', 'test'])('%s with one verb less', (operation) => {
  test('fails before anything is touched, and names the verb and the resource', async () => {
    const release = `least-${operation}`;
    const { permissions, run } = operationOf(operation, release);
    if (operation !== 'install') {
      const file = manifest(release, chart(release, 1));
      succeeded(await asAdmin('install', release, file));
    }
    await kubectl(['delete', 'role', '--all'], { namespace });
    const all = await permissions();
    const required = all.filter(({ otherwise }) => otherwise === undefined);
    expect(required.length).toBeGreaterThan(15);
    const since = new Date();
    for (const missing of required) {
      await apply(roleObjects(all.filter((each) => each !== missing), release), namespace);
      const access: Access = missing;
      const others = required.filter((each) => each !== missing);
      const isKnown = async () => (await user.denied([access])).length === 1 && (await user.denied(others)).length === 0;
      await waitUntil(`the API server knows that ${JSON.stringify(access)} is missing`, isKnown, { seconds: 10 });
      const { verb, group, resource, name } = missing;
      const objects = `${group === '' ? resource : `${resource}.${group}`}${name === undefined ? '' : ` "${name}"`}`;
      await expect(run()).rejects.toMatchObject({
        code: 'forbidden',
        denied: [{ verb, group, resource, name }],
        message: expect.stringContaining(`\n  ${verb} ${objects} in namespace ${namespace}`) as string,
      });
    }
    expect(await writes(since)).toEqual([]);
    await apply(roleObjects(required, release), namespace);
    await waitUntil('the API server knows all that is required', async () => (await user.denied(required)).length === 0, { seconds: 10 });
    expect(await run()).toMatchObject({ status: 'succeeded' });
    expect(await writes(since)).not.toEqual([]); // the audit log does tell of this user
    if (operation !== 'uninstall') succeeded(await asAdmin('uninstall', release));
  });
});

test('a lock that is held can be waited for by whoever may look at no other', async () => {
  const release = 'waits';
  await grantPrinted(release, manifest(release, [configMap(release)]));
  const lease = { holderIdentity: 'another', leaseDurationSeconds: 15, renewTime: '2026-01-01T00:00:00.000000Z' };
  const metadata = { name: `cdk8s-lifecycle.${release}`, namespace };
  await admin.create({ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata, spec: lease });
  const content = readContent([{ path: 'app.yaml', text: documents([configMap(release)]) }], namespace);
  const request = { operation: 'install', release, namespace, plan: (history: History) => planInstall(history, content, { release, namespace }) } as const;
  const started = Date.now();
  const released = (event: LifecycleEvent) => event.kind === 'lock-waiting' && void kubectl(['delete', 'lease', metadata.name], { namespace });
  expect(await performWith(request, user, released, { lockTimeoutSeconds: 60 })).toMatchObject({ status: 'succeeded' });
  expect(Date.now() - started).toBeLessThan(14_000); // it saw the change, and did not wait until the lock expired
  succeeded(await asAdmin('uninstall', release));
});

test('the bundled command line installs from a Pod, as the ServiceAccount of the Pod', () =>
  withCliImage(async (image) => {
    const release = 'within';
    const manifests = chart(release, 1);
    await grantPrinted(release, manifest(release, manifests));
    const { hostname, port } = new URL(admin.name);
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'deployer' },
      spec: {
        restartPolicy: 'Never',
        serviceAccountName: 'deployer',
        containers: [
          {
            name: 'main',
            image,
            imagePullPolicy: 'Never',
            args: ['install', release, '/manifests', '-n', namespace, '--wait'],
            // This cluster has no proxy for Services.
            env: [{ name: 'KUBERNETES_SERVICE_HOST', value: hostname }, { name: 'KUBERNETES_SERVICE_PORT', value: port }],
            volumeMounts: [{ name: 'manifests', mountPath: '/manifests' }],
          },
        ],
        volumes: [{ name: 'manifests', configMap: { name: 'manifests' } }],
      },
    };
    const data = { 'app.yaml': documents(manifests) };
    await apply([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'manifests' }, data }, pod], namespace);
    const phase = async () => (await getObject<{ readonly status: { readonly phase: string } }>('pod/deployer', namespace)).status.phase;
    await waitUntil('the Pod of the command line ends', async () => ['Succeeded', 'Failed'].includes(await phase()), { seconds: 90 });
    expect(await kubectl(['logs', 'deployer'], { namespace })).toMatch(/install within: succeeded, revision 1 is deployed/);
    expect(await phase()).toBe('Succeeded');
    succeeded(await asAdmin('uninstall', release));
  }));
