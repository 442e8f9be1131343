import { spawnSync } from 'node:child_process';
import { Testing, Yaml } from 'cdk8s';
import { VERSIONS, Version, release } from '../../examples/webapp/releases';
import { WebApp, WebAppProps } from '../../examples/webapp/webapp';
import { executionOrder, readContent } from '../../src/release';
import { HookEventName, KubeObject } from '../../src/vocabulary';

interface Container {
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: unknown }[];
  readonly securityContext: Record<string, unknown>;
}

interface PodSpec {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly securityContext: Record<string, unknown>;
  readonly volumes?: readonly { readonly name: string; readonly persistentVolumeClaim?: { readonly claimName: string } }[];
}

function objects(props: Partial<WebAppProps> = {}, version: Version = '2.0.0'): KubeObject[] {
  return Testing.synth(new WebApp(Testing.app(), 'webapp', { ...release(version), ...props })) as KubeObject[];
}

function named(kind: string, name: string, all = objects()): KubeObject {
  return all.find((object) => object.kind === kind && object.metadata.name === name)!;
}

/** Everything that runs, by the name of its workload. */
function pods(all = objects()): [string, PodSpec][] {
  return all.flatMap(({ metadata, spec }) => {
    const template = (spec as { template?: { spec: PodSpec } } | undefined)?.template;
    return template ? [[metadata.name!, template.spec] as [string, PodSpec]] : [];
  });
}

const { hooks, resources } = readContent([{ path: 'webapp.k8s.yaml', text: Yaml.stringify(...objects()) }], 'shop');

const order: readonly (readonly [HookEventName, string[]])[] = [
  ['pre-install', []],
  ['post-install', ['0 webapp-migrations', '1 webapp-migrate', '2 webapp-seed', '3 webapp-notify']],
  ['pre-upgrade', ['0 webapp-backup', '0 webapp-migrations', '1 webapp-migrate']],
  ['post-upgrade', ['3 webapp-notify']],
  ['pre-rollback', []],
  ['post-rollback', []],
  ['pre-delete', ['0 webapp-backup']],
  ['post-delete', ['3 webapp-notify', '4 webapp-cleanup']],
  ['test', []],
];

test.each(order)('at %s run %j', (event, expected) => {
  expect(executionOrder(hooks, event).map(({ weight, ref }) => `${weight} ${ref.name}`)).toEqual(expected);
});

test('all else is deployed', () => {
  expect(resources.map(({ ref }) => `${ref.kind}/${ref.name}`)).toEqual([
    'ConfigMap/webapp',
    'PersistentVolumeClaim/webapp-backups',
    'Service/webapp',
    'Deployment/webapp',
  ]);
});

test('the release decides on the namespace', () => {
  expect(objects().filter(({ metadata }) => metadata.namespace !== undefined)).toEqual([]);
});

test('every Pod waits for the database, in an init container, and what changes the database is a hook', () => {
  const { initContainers } = pods().find(([name]) => name === 'webapp')![1];
  expect(initContainers!.map(({ name, image }) => `${name} ${image}`)).toEqual(['wait-for-postgres-webapp docker.io/library/postgres:16']);
  expect(hooks.map(({ ref }) => ref.name)).toContain('webapp-migrate');
});

test('the migration applies the SQL that it brings, all of it or nothing', () => {
  const { command } = pods().find(([name]) => name === 'webapp-migrate')![1].containers[0];
  const files = Object.keys(release('2.0.0').migrations).map((name) => `--file=/migrations/${name}`);
  expect(command.slice(-3)).toEqual(['--single-transaction', ...files]);
});

test('the backup says which migration its dump was taken before', () => {
  const { env } = pods().find(([name]) => name === 'webapp-backup')![1].containers[0];
  expect(env).toContainEqual({ name: 'MIGRATIONS', value: 'webapp-migrate docker.io/library/postgres:16' });
});

test('the dumps outlive the release', () => {
  expect(named('PersistentVolumeClaim', 'webapp-backups').metadata.annotations).toEqual({ 'helm.sh/resource-policy': 'keep' });
  expect(pods().find(([name]) => name === 'webapp-backup')![1].volumes).toContainEqual({ name: 'dumps', persistentVolumeClaim: { claimName: 'webapp-backups', readOnly: false } });
});

test('the Secret of the database is not of the release, which is gone when the cleanup needs it', () => {
  expect(objects().filter(({ kind }) => kind === 'Secret')).toEqual([]);
  const { env } = pods().find(([name]) => name === 'webapp-cleanup')![1].containers[0];
  expect(env).toContainEqual({ name: 'PGPASSWORD', valueFrom: { secretKeyRef: { name: 'webapp-db', key: 'password' } } });
});

describe.each(pods())('%s', (_, { securityContext, containers, initContainers = [] }) => {
  test('meets the restricted Pod Security profile', () => {
    expect(securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    for (const container of [...initContainers, ...containers]) {
      expect(container.securityContext).toMatchObject({
        runAsNonRoot: true,
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
        privileged: false,
        capabilities: { drop: ['ALL'] },
      });
    }
  });

  test('runs as a user with a number, which the images do not name', () => {
    const users = [...initContainers, ...containers].map((container) => container.securityContext.runAsUser ?? securityContext.runAsUser);
    expect(users.every((user) => Number.isInteger(user) && (user as number) > 0)).toBe(true);
  });

  test('has scripts that a shell can read', () => {
    const scripts = [...initContainers, ...containers].filter(({ command }) => command[0] === 'sh').map(({ command }) => command[2]);
    for (const script of scripts) {
      expect(script).toContain('\nset -eu\n');
      expect(spawnSync('sh', ['-n'], { input: script, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
    }
  });

  test('has no command in which Kubernetes would replace something', () => {
    const variables = [...initContainers, ...containers].flatMap(({ env = [] }) => env.map(({ name }) => `$(${name})`));
    const words = [...initContainers, ...containers].flatMap(({ command }) => command);
    expect(words.filter((word) => word.includes('$$') || variables.some((variable) => word.includes(variable)))).toEqual([]);
  });
});

test.each(VERSIONS)('version %s brings its migrations, in order', (version) => {
  const { data } = named('ConfigMap', 'webapp-migrations', objects({}, version));
  expect(Object.keys(data as object)).toEqual(Object.keys(release(version).migrations));
  expect(Object.keys(data as object)).toHaveLength(Number(version[0]));
});

test('a version shows on its page and in its Pods, which therefore are replaced', () => {
  const all = objects({}, '1.0.0');
  expect(named('ConfigMap', 'webapp', all).data).toEqual({ 'index.html': '<h1>webapp 1.0.0</h1>\n' });
  expect(named('Deployment', 'webapp', all).spec).toMatchObject({ template: { metadata: { labels: { 'app.kubernetes.io/version': '1.0.0' } } } });
});

test('the place of the database, the image of the page and the storage are what the props say', () => {
  const all = objects({
    image: 'registry.example.com/web:7',
    storageClassName: 'fast',
    databaseHost: 'db.example.com',
    databasePort: 6543,
  });
  const every = pods(all).flatMap(([, { containers, initContainers = [] }]) => [...containers, ...initContainers]);
  expect([...new Set(every.map(({ image }) => image))].sort()).toEqual(['docker.io/library/postgres:16', 'registry.example.com/web:7']);
  expect(named('PersistentVolumeClaim', 'webapp-backups', all).spec).toMatchObject({ storageClassName: 'fast' });
  const clients = every.filter(({ env = [] }) => env.length > 0);
  expect(clients.map(({ name }) => name).sort()).toEqual(['main', 'main', 'main', 'main', 'wait-for-postgres-webapp']);
  for (const { env } of clients) expect(env).toEqual(expect.arrayContaining([{ name: 'PGHOST', value: 'db.example.com' }, { name: 'PGPORT', value: '6543' }]));
});
