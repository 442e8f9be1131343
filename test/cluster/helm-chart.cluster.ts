import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ran, lifecycle, runProgram, succeeded } from './cli';
import { testCluster } from './cluster';
import { DatabaseCase, createDatabaseCase } from './database-case';
import { kubectl } from './kubectl';

/*
 * examples/helm-chart as its users have it: packaged, installed by real helms with real containers and a real PostgreSQL, two releases in one namespace;
 * then the same app through our runner, without helm. What the API server holds is what the constructs said.
 */

const EXAMPLE = resolve(__dirname, '../../examples/helm-chart');
const APP = 'npx ts-node --transpile-only main.ts';
const BIN = resolve(__dirname, '../../node_modules/.bin');

type Json = Readonly<Record<string, unknown>>;

/** A value of each kind, on the command line and in a file. */
const SET = [
  'image.repository=docker.io/library/busybox,image.tag=1.35', // texts, also as parts of one
  'autoscaling.enabled=true', // a flag
  'autoscaling.minReplicas=1,autoscaling.maxReplicas=3', // whole numbers
  'ingress.enabled=true,ingress.className=fast,ingress.host=two.example.com',
  'migration.timeoutSeconds=120,migration.memory=64', // a length of time, a size
  'backup.enabled=false',
];
const FILE = {
  autoscaling: { cpu: 0.25 }, // a number with a fraction
  podAnnotations: { 'example.com/quotes': '"{{ not a template }}" \'yes\'', 'example.com/number': '0123' }, // maps
  resources: { limits: { memory: '48Mi' } },
  nodeSelector: { 'kubernetes.io/os': 'linux' },
  tolerations: [{ key: 'dedicated', operator: 'Exists' }], // lists
  imagePullSecrets: [{ name: 'registry' }],
  ingress: { annotations: { 'example.com/issuer': 'test' }, tls: [{ hosts: ['two.example.com'], secretName: 'two-tls' }] },
};

/** What of release `two` these values change: where, and to what. */
const CHANGED: readonly (readonly [string, string, unknown])[] = [
  ['Deployment/two-web', 'spec.template.spec.containers.0.image', 'docker.io/library/busybox:1.35'],
  ['Deployment/two-web', 'spec.template.metadata.annotations', FILE.podAnnotations],
  // Kubernetes takes a limit for the request, too; the chart's own request of memory is still merged with the user's limit.
  ['Deployment/two-web', 'spec.template.spec.containers.0.resources', { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '48Mi' } }],
  ['Deployment/two-web', 'spec.template.spec.nodeSelector', FILE.nodeSelector],
  ['Deployment/two-web', 'spec.template.spec.tolerations', FILE.tolerations],
  ['Deployment/two-web', 'spec.template.spec.imagePullSecrets', FILE.imagePullSecrets],
  ['Deployment/two-web', 'spec.selector.matchLabels.app\\.kubernetes\\.io/instance', 'two'],
  ['Deployment/two-web', 'spec.replicas', 1], // not the chart's 2: nobody said how many
  ['HorizontalPodAutoscaler/two-web-autoscaler', 'spec.minReplicas', 1],
  ['HorizontalPodAutoscaler/two-web-autoscaler', 'spec.maxReplicas', 3],
  ['HorizontalPodAutoscaler/two-web-autoscaler', 'spec.metrics.0.resource.target', { type: 'AverageValue', averageValue: '250m' }],
  ['HorizontalPodAutoscaler/two-web-autoscaler', 'spec.scaleTargetRef.name', 'two-web'],
  ['Ingress/two-web-ingress', 'spec.ingressClassName', 'fast'],
  ['Ingress/two-web-ingress', 'spec.rules.0.host', 'two.example.com'],
  ['Ingress/two-web-ingress', 'spec.rules.0.http.paths.0.backend.service.name', 'two-web'],
  ['Ingress/two-web-ingress', 'spec.tls', FILE.ingress.tls],
  ['Ingress/two-web-ingress', 'metadata.annotations.example\\.com/issuer', 'test'],
  ['Job/two-web-seed', 'spec.template.spec.tolerations', FILE.tolerations],
];

/** What the schema refuses, in the words of helm and in ours. */
const REFUSED = [
  ['replicas=many', "at '/replicas': got string, want integer", 'replicas must be integer'],
  ['replica=3', "at '': additional properties 'replica' not allowed", 'replica is not known; did you mean "replicas"?'],
  ['image.tag=a b', "at '/image/tag': 'a b' does not match pattern '^[A-Za-z0-9._-]*$'", 'image.tag must match pattern "^[A-Za-z0-9._-]*$"'],
  ['database.port=0', "at '/database/port': minimum: got 0, want 1", 'database.port must be >= 1'],
];

const KINDS = ['deployment', 'service', 'configmap', 'persistentvolumeclaim', 'ingress', 'horizontalpodautoscaler', 'job'].join();

/** What the server makes up anew each time, and what says by whom an object was written. */
const VOLATILE = /^(uid|resourceVersion|generation|creationTimestamp|managedFields|status|clusterIPs?|ownerReferences)$|controller-uid|job-name|^(meta\.helm\.sh|deployment\.kubernetes\.io|batch\.kubernetes\.io|cdk8s-lifecycle)\//;

function lasting(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lasting);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !VOLATILE.test(key)).map(([key, each]) => [key, lasting(each)]));
}

/** The value at a path with dots, of which one behind a backslash is none. */
function at(value: unknown, path: string): unknown {
  return path.split(/(?<!\\)\./).reduce<unknown>((each, key) => (each as Json | undefined)?.[key.replace(/\\/g, '')], value);
}

describe.each(['helm3', 'helm4'] as const)('%s and the chart of the example', (helm) => {
  let database: DatabaseCase;
  let namespace: string;
  let folder: string;
  let chart: string;
  let env: Record<string, string>;

  beforeAll(async () => {
    database = await createDatabaseCase({ prefix: `charted-${helm}`, role: 'webapp', databases: ['one', 'two'] });
    ({ namespace, folder } = database);
    env = { KUBECONFIG: (await testCluster()).kubeconfig, HELM_CACHE_HOME: join(folder, 'cache'), HELM_CONFIG_HOME: join(folder, 'config') };
    mkdirSync(join(folder, 'bin'));
    symlinkSync((await testCluster())[helm], join(folder, 'bin', 'helm'));
    writeFileSync(join(folder, 'values.json'), JSON.stringify(FILE));
    succeeded(await runProgram(join(BIN, 'cdk8s'), ['synth', '--check-upgrade=false', '--output', join(folder, 'chart')], { cwd: EXAMPLE }));
    await theirs('package', join(folder, 'chart'), '--destination', folder);
    chart = join(folder, 'webapp-2.0.0.tgz');
  });

  afterAll(() => database?.delete());

  const run = (...args: string[]): Promise<Ran> => runProgram(join(folder, 'bin', 'helm'), [...args, '-n', namespace], { env });
  const theirs = async (...args: string[]) => succeeded(await run(...args));
  const ours = (...args: string[]) => lifecycle([...args, '-n', namespace], { env, cwd: EXAMPLE });

  /** Where a release finds its database. */
  const address = (name: string) => `database.host=${database.postgres.host},database.port=${database.postgres.port},database.name=${name}`;
  const one = () => ['--set', `${address('one')},backup.storageClass=${namespace},replicas=1`];
  const two = () => ['-f', join(folder, 'values.json'), ...[address('two'), ...SET].flatMap((each) => ['--set', each])];

  /** What the API server holds of a release, by kind and name. */
  async function objects(release: string): Promise<Record<string, unknown>> {
    const { items } = JSON.parse(await kubectl(['get', KINDS, '-l', `app.kubernetes.io/instance=${release}`, '-o', 'json'], { namespace })) as { items: (Json & { metadata: Json })[] };
    return Object.fromEntries(items.map((each) => [`${String(each.kind)}/${String(each.metadata.name)}`, lasting(each)]));
  }

  const visitors = (name: string) => database.postgres.sql('SELECT name, visits FROM webapp.visitors ORDER BY id', name);
  const schemas = (name: string) => database.postgres.sql('SELECT count(*) FROM information_schema.schemata WHERE schema_name = \'webapp\'', name);
  const dumps = () => readdirSync(database.volume.hostPath).sort();

  let ofHelm: Record<string, unknown>;

  test('the package passes helm lint --strict', async () => {
    expect(await theirs('lint', '--strict', chart)).toContain('1 chart(s) linted, 0 chart(s) failed');
  });

  test('two releases live in one namespace, and every kind of value changes what its construct said', async () => {
    const [notes] = await Promise.all([theirs('install', 'one', chart, ...one()), theirs('install', 'two', chart, ...two())]);
    expect(notes).toContain(`one-web serves docker.io/library/busybox:1.35 in namespace ${namespace}, revision 1.`);
    expect(notes).toContain('service/one-web 8080:80');
    expect(await visitors('one')).toBe('Ada|1\nGrace|1');
    expect(await visitors('two')).toBe('Ada|1\nGrace|1');
    ofHelm = await objects('two');
    expect(CHANGED.map(([object, path]) => [object, path, at(ofHelm[object], path)])).toEqual(CHANGED);
    expect(Object.keys(ofHelm).filter((name) => name.includes('backup'))).toEqual([]);
    const untouched = await objects('one');
    expect(Object.keys(untouched).sort()).toEqual(['ConfigMap/one-web', 'Deployment/one-web', 'Job/one-web-seed', 'PersistentVolumeClaim/one-web-backups', 'Service/one-web']);
    expect(at(untouched['Deployment/one-web'], 'spec.replicas')).toBe(1);
    const hooks = await theirs('get', 'hooks', 'two');
    expect(hooks).toMatch(/name: "two-web-migrate-1"[^]*activeDeadlineSeconds: !!int "120"[^]*memory: "64Mi"/);
    // What helm made is what our runner would make of the app; only the hook that is named after its revision is another, and the one that runs after it.
    expect(succeeded(await ours('diff', 'two', '--app', APP, ...two()))).toMatch(/\nresources: 5 unchanged\nhooks: 1 added, 1 changed, 1 removed, 3 unchanged\n$/);
  });

  test.each(REFUSED)('a value that the schema does not know is refused, by us as well: %s', async (set, theirMessage, ourMessage) => {
    const { code, stderr } = await run('upgrade', 'one', chart, '--reuse-values', '--set', set);
    expect(code).toBe(1);
    expect(stderr).toContain(theirMessage);
    const mine = await ours('upgrade', 'one', '--app', APP, '--reuse-values', '--set', set);
    expect([mine.code, mine.stdout]).toEqual([65, '']);
    expect(mine.stderr).toContain(`\n  ${ourMessage}\n`);
  });

  test('an upgrade takes a dump that is named after its revision; a rollback, a test and an uninstall do what the constructs said', async () => {
    await theirs('upgrade', 'one', chart, ...one(), '--set', 'replicas=2');
    expect(dumps()).toContainEqual(expect.stringMatching(/^one\.before-one-web-migrate-2/));
    expect(at((await objects('one'))['Deployment/one-web'], 'spec.replicas')).toBe(2);
    await theirs('rollback', 'one', '1');
    expect(at((await objects('one'))['Deployment/one-web'], 'spec.replicas')).toBe(1);
    expect(await theirs('test', 'one')).toMatch(/Phase:\s+Succeeded/);
    await Promise.all([theirs('uninstall', 'one'), theirs('uninstall', 'two')]);
    expect([await schemas('one'), await schemas('two')]).toEqual(['0', '0']);
    expect(Object.keys(await objects('one'))).toContain('PersistentVolumeClaim/one-web-backups');
  });

  test('the same app through our runner makes the objects that helm made, and needs no helm', async () => {
    await kubectl(['delete', 'job', '-l', 'app.kubernetes.io/instance=two'], { namespace }); // helm leaves what hooks have made
    const stdout = succeeded(await ours('install', 'two', '--app', APP, ...two()));
    expect(stdout).toContain(`two-web serves docker.io/library/busybox:1.35 in namespace ${namespace}, revision 1.`);
    expect(await objects('two')).toEqual(ofHelm);
    expect(await visitors('two')).toBe('Ada|1\nGrace|1');
    expect(JSON.parse(await theirs('get', 'values', 'two', '-o', 'json'))).toMatchObject({ autoscaling: { enabled: true, cpu: 0.25 }, tolerations: FILE.tolerations });
    succeeded(await ours('test', 'two'));
    succeeded(await ours('uninstall', 'two'));
    expect([await schemas('two'), Object.keys(await objects('two'))]).toEqual(['0', []]);
  });
});
