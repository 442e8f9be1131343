import { ApiObject, Chart, Duration, JsonPatch, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { HelmChartApp } from '../../src/chart';
import { DeletePolicy, HookEvent, HookJob, HookJobProps, OutputLogPolicy } from '../../src/hooks';
import { sampleText } from '../../src/tokens';
import { expectedAnnotations, expectedPod } from './expected-pod';
import { newChart, synth } from './synth';

interface JobSpec {
  readonly [field: string]: unknown;
  readonly template: { readonly spec: { readonly containers: Record<string, unknown>[]; readonly [field: string]: unknown } };
}

const MINIMAL: HookJobProps = { on: [HookEvent.PRE_UPGRADE], image: 'postgres:16' };

function job(props: Partial<HookJobProps> = {}, chart = newChart()) {
  new HookJob(chart, 'migrate', { ...MINIMAL, ...props });
  return Object.values(synth(chart)).find(({ kind }) => kind === 'Job')!;
}

const specOf = (props: Partial<HookJobProps>, chart?: Chart) => job(props, chart).spec as JobSpec;
const podOf = (props: Partial<HookJobProps>, chart?: Chart) => specOf(props, chart).template.spec;
const containerOf = (props: Partial<HookJobProps>, chart?: Chart) => podOf(props, chart).containers[0];

test('an image and an event make a hook with the defaults of a careful engineer', () => {
  expect(job()).toEqual({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: 'web-migrate',
      annotations: expectedAnnotations('pre-upgrade'),
    },
    spec: {
      activeDeadlineSeconds: 240,
      backoffLimit: 0,
      template: {
        metadata: { labels: { 'cdk8s.io/metadata.addr': expect.any(String) } },
        spec: expectedPod('postgres:16'),
      },
    },
  });
});

test('when to pull the image is left to Kubernetes, which pulls :latest always and other tags once', () => {
  expect(containerOf({ image: 'postgres' })).not.toHaveProperty('imagePullPolicy');
});

test('props that are undefined change nothing', () => {
  const nothing: Record<keyof HookJobProps, undefined> = {
    on: undefined,
    image: undefined,
    command: undefined,
    args: undefined,
    env: undefined,
    envFrom: undefined,
    weight: undefined,
    deletePolicies: undefined,
    logPolicies: undefined,
    timeout: undefined,
    retry: undefined,
    mutex: undefined,
    runOn: undefined,
    mutableTags: undefined,
    always: undefined,
    retries: undefined,
    user: undefined,
    serviceAccount: undefined,
    resources: undefined,
    volumes: undefined,
    waitFor: undefined,
    podMetadata: undefined,
    nodeSelector: undefined,
    tolerations: undefined,
    priorityClassName: undefined,
    imagePullSecrets: undefined,
    name: undefined,
  };
  expect(job({ ...nothing, ...MINIMAL })).toEqual(job());
});

const fields: readonly (readonly [string, Partial<HookJobProps>, object])[] = [
  ['command and args', { command: ['psql'], args: ['-c', 'select 1'] }, { command: ['psql'], args: ['-c', 'select 1'] }],
  [
    'env',
    { env: { HOST: kplus.EnvValue.fromValue('db'), NODE: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.NODE_NAME) } },
    { env: [{ name: 'HOST', value: 'db' }, { name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }] },
  ],
  [
    'resources, each on its own',
    { resources: { memory: { request: Size.gibibytes(1) } } },
    { resources: { requests: { cpu: '50m', memory: '1024Mi' } } },
  ],
];

test.each(fields)('the container gets %s', (_, props, expected) => {
  expect(containerOf(props)).toMatchObject(expected);
});

test('the container gets every key of a Secret', () => {
  const chart = newChart();
  const secret = kplus.Secret.fromSecretName(chart, 'db', 'db-credentials');
  expect(containerOf({ envFrom: [kplus.Env.fromSecret(secret)] }, chart).envFrom).toEqual([{ secretRef: { name: 'db-credentials' } }]);
});

test('the Job gets its deadline, its retries and its name', () => {
  expect(specOf({ timeout: Duration.minutes(10), retries: 2 })).toMatchObject({ activeDeadlineSeconds: 600, backoffLimit: 2 });
  expect(job({ name: 'schema' }).metadata.name).toBe('schema');
});

test.each([
  ['no longer than usual', Duration.minutes(5), undefined],
  ['longer', Duration.minutes(20), '1260s'],
])('a hook that may run %s is waited for until Kubernetes has stopped it', (_, timeout, annotation) => {
  expect(job({ timeout }).metadata.annotations!['cdk8s-lifecycle/timeout']).toBe(annotation);
});

test('a hook whose deadline is a value of the chart is waited for so long', () => {
  const app = new HelmChartApp({ name: 'web', version: '1.0.0' });
  const annotations = job({ timeout: app.values.seconds('migration.seconds', { defaultValue: 60 }) }, new Chart(app, 'web')).metadata.annotations!;
  expect(sampleText(annotations['cdk8s-lifecycle/timeout'])).toBe('60s');
});

test('a user runs the process and owns the volumes', () => {
  expect(podOf({ user: 999 }).securityContext).toEqual({
    runAsUser: 999,
    fsGroup: 999,
    runAsNonRoot: true,
    fsGroupChangePolicy: 'OnRootMismatch',
    seccompProfile: { type: 'RuntimeDefault' },
  });
});

test('a service account comes with its token', () => {
  const chart = newChart();
  const serviceAccount = kplus.ServiceAccount.fromServiceAccountName(chart, 'sa', 'migrator');
  expect(podOf({ serviceAccount }, chart)).toMatchObject({ serviceAccountName: 'migrator', automountServiceAccountToken: true });
});

test('where the Pod runs, and with what, is what the props say', () => {
  const chart = newChart();
  const { template } = specOf(
    {
      podMetadata: { labels: { team: 'data' }, annotations: { 'sidecar.istio.io/inject': 'false' } },
      nodeSelector: { 'kubernetes.io/arch': 'arm64' },
      tolerations: [{ key: 'batch', value: 'only', effect: 'NoSchedule' }, { key: 'spot' }, {}],
      priorityClassName: 'batch',
      imagePullSecrets: [kplus.Secret.fromSecretName(chart, 'pull', 'registry')],
    },
    chart,
  );
  expect(template).toMatchObject({
    metadata: { labels: { team: 'data' }, annotations: { 'sidecar.istio.io/inject': 'false' } },
    spec: {
      nodeSelector: { 'kubernetes.io/arch': 'arm64' },
      tolerations: [{ key: 'batch', operator: 'Equal', value: 'only', effect: 'NoSchedule' }, { key: 'spot', operator: 'Exists' }, { operator: 'Exists' }],
      priorityClassName: 'batch',
      imagePullSecrets: [{ name: 'registry' }],
    },
  });
});

describe('volumes', () => {
  function mounted(...mounts: Omit<kplus.VolumeMount, 'volume'>[]) {
    const chart = newChart();
    const volume = kplus.Volume.fromPersistentVolumeClaim(chart, 'v', kplus.PersistentVolumeClaim.fromClaimName(chart, 'c', 'backups'), { name: 'backups' });
    const { containers, volumes } = podOf({ volumes: mounts.map((mount) => ({ ...mount, volume })) }, chart);
    return { mounts: containers[0].volumeMounts, volumes };
  }
  const backups = { name: 'backups', persistentVolumeClaim: { claimName: 'backups', readOnly: false } };

  test('are mounted beside a writable /tmp', () => {
    expect(mounted({ path: '/backup' }, { path: '/old', readOnly: true, subPath: 'old' })).toEqual({
      mounts: [
        { name: 'backups', mountPath: '/backup' },
        { name: 'backups', mountPath: '/old', readOnly: true, subPath: 'old' },
        { name: 'tmp', mountPath: '/tmp' },
      ],
      volumes: [backups, { name: 'tmp', emptyDir: {} }],
    });
  });

  test.each(['/tmp', '/tmp/'])('may be mounted as %s itself', (path) => {
    expect(mounted({ path })).toEqual({ mounts: [{ name: 'backups', mountPath: path }], volumes: [backups] });
  });
});

test('policies are what the props say', () => {
  const { metadata } = job({
    weight: -5,
    deletePolicies: [DeletePolicy.BEFORE_HOOK_CREATION, DeletePolicy.HOOK_SUCCEEDED],
    logPolicies: [OutputLogPolicy.HOOK_SUCCEEDED, OutputLogPolicy.HOOK_FAILED],
  });
  expect(metadata.annotations).toEqual({
    'helm.sh/hook': 'pre-upgrade',
    'helm.sh/hook-weight': '-5',
    'helm.sh/hook-delete-policy': 'before-hook-creation,hook-succeeded',
    'helm.sh/hook-output-log-policy': 'hook-succeeded,hook-failed',
  });
});

test('without log policies nothing is said of logs', () => {
  expect(job({ logPolicies: [] }).metadata.annotations).not.toHaveProperty(['helm.sh/hook-output-log-policy']);
});

describe('the escape hatch', () => {
  test('is the Job of cdk8s-plus', () => {
    const chart = newChart();
    const { job: escape } = new HookJob(chart, 'migrate', MINIMAL);
    escape.metadata.addLabel('team', 'data');
    escape.podMetadata.addAnnotation('sidecar.istio.io/inject', 'false');
    escape.addInitContainer({ image: 'busybox:1.35', name: 'wait' });
    escape.containers[0].env.addVariable('LEVEL', kplus.EnvValue.fromValue('debug'));
    const { metadata, spec } = synth(chart)['web-migrate'];
    expect(metadata.labels).toEqual({ team: 'data' });
    expect(spec).toMatchObject({
      template: {
        metadata: { annotations: { 'sidecar.istio.io/inject': 'false' } },
        spec: {
          initContainers: [{ name: 'wait', image: 'busybox:1.35' }],
          containers: [{ image: 'postgres:16', env: [{ name: 'LEVEL', value: 'debug' }] }],
        },
      },
    });
  });

  test('is the object below it', () => {
    const chart = newChart();
    const hook = new HookJob(chart, 'migrate', MINIMAL);
    ApiObject.of(hook).addJsonPatch(JsonPatch.add('/spec/completions', 3), JsonPatch.replace('/spec/template/spec/containers/0/securityContext/readOnlyRootFilesystem', false));
    expect(synth(chart)['web-migrate'].spec).toMatchObject({
      completions: 3,
      template: { spec: { containers: [{ securityContext: { readOnlyRootFilesystem: false, capabilities: { drop: ['ALL'] } } }] } },
    });
  });
});

test('a subclass says what is different about it, and nothing else', () => {
  class VacuumHook extends HookJob {
    constructor(scope: Chart, id: string) {
      super(scope, id, { on: [HookEvent.POST_UPGRADE], image: 'postgres:16', command: ['vacuumdb', '--all'] });
    }
  }
  const chart = newChart();
  new VacuumHook(chart, 'vacuum');
  expect(synth(chart)['web-vacuum']).toMatchObject({ metadata: { annotations: { 'helm.sh/hook': 'post-upgrade' } }, spec: { backoffLimit: 0 } });
});
