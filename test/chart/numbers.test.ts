import { ApiObject, Chart, Cron, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { HelmChartApp, Placed } from '../../src';
import { writtenChart } from './written-chart';

/* What cdk8s-plus does with numbers, and what becomes of those that carry a value. */

type Values = HelmChartApp['values'];
type Add = (chart: Chart, values: Values) => unknown;

const CONTAINERS = [{ image: 'web:2.0' }];
const deployment = (chart: Chart, props: Partial<kplus.DeploymentProps> = {}) => new kplus.Deployment(chart, 'web', { containers: CONTAINERS, ...props });
const container = (chart: Chart, props: Partial<kplus.ContainerProps>) => deployment(chart, { containers: [{ image: 'web:2.0', ...props }] });
const autoscaler = (chart: Chart, props: Partial<kplus.HorizontalPodAutoscalerProps>) =>
  new kplus.HorizontalPodAutoscaler(chart, 'scaler', { target: deployment(chart), maxReplicas: 10, ...props });

/** The lines of the template in which values stand. */
function linesOf(add: Add): string[] {
  const { 'templates/web.k8s.yaml': text } = writtenChart((app) => add(new Chart(app, 'web'), app.values));
  return text.split('\n').filter((line) => line.includes('.Values.')).map((line) => line.trim().replace(/^- /, ''));
}

const int = (field: string, path: string) => `${field}: !!int "{{ int64 .Values.${path} }}"`;
const text = (field: string, path: string, unit: string) => `${field}: "{{ int64 .Values.${path} }}${unit}"`;

test.each<[string, Add, string[]]>([
  ['replicas of a Deployment', (chart, values) => deployment(chart, { replicas: values.integer('n') }), [int('replicas', 'n')]],
  [
    'minReady and progressDeadline, both values: they are compared by their defaults',
    (chart, values) => deployment(chart, { minReady: values.seconds('m', { defaultValue: 5 }), progressDeadline: values.seconds('p', { defaultValue: 6 }) }),
    [int('minReadySeconds', 'm'), int('progressDeadlineSeconds', 'p')],
  ],
  ['progressDeadline alone', (chart, values) => deployment(chart, { progressDeadline: values.seconds('p') }), [int('progressDeadlineSeconds', 'p')]],
  [
    'terminationGracePeriod',
    (chart, values) => deployment(chart, { terminationGracePeriod: values.seconds('g') }),
    [int('terminationGracePeriodSeconds', 'g')],
  ],
  [
    'PercentOrAbsolute of a strategy',
    (chart, values) => deployment(chart, {
      strategy: kplus.DeploymentStrategy.rollingUpdate({
        maxSurge: kplus.PercentOrAbsolute.percent(values.integer('s')),
        maxUnavailable: kplus.PercentOrAbsolute.absolute(values.integer('u')),
      }),
    }),
    [text('maxSurge', 's', '%'), int('maxUnavailable', 'u')],
  ],
  [
    'a port of a container, its probe, its Service and its Ingress',
    (chart, values) => container(chart, { portNumber: values.integer('p') }).exposeViaService().exposeViaIngress('/'),
    [int('containerPort', 'p'), int('port', 'p'), int('port', 'p'), int('targetPort', 'p'), int('number', 'p')],
  ],
  [
    'two ports with the same default',
    (chart, values) => container(chart, {
      ports: [{ number: values.integer('a', { defaultValue: 80 }), name: 'a' }, { number: values.integer('b', { defaultValue: 80 }), name: 'b' }],
    }),
    [int('containerPort', 'a'), int('containerPort', 'b')],
  ],
  [
    'ports of a Service',
    (chart, values) => new kplus.Service(chart, 's', {
      type: kplus.ServiceType.NODE_PORT,
      ports: [{ port: values.integer('p'), targetPort: values.integer('t'), nodePort: values.integer('n') }],
    }),
    [int('nodePort', 'n'), int('port', 'p'), int('targetPort', 't')],
  ],
  [
    'a probe',
    (chart, values) => container(chart, {
      portNumber: 80,
      liveness: kplus.Probe.fromHttpGet('/', {
        port: values.integer('p'),
        failureThreshold: values.integer('f'),
        initialDelaySeconds: values.seconds('i'),
        periodSeconds: values.seconds('q'),
        successThreshold: values.integer('s'),
        timeoutSeconds: values.seconds('t'),
      }),
    }),
    [int('failureThreshold', 'f'), int('port', 'p'), int('initialDelaySeconds', 'i'), int('periodSeconds', 'q'), int('successThreshold', 's'), int('timeoutSeconds', 't')],
  ],
  [
    'Cpu.millis and Cpu.units',
    (chart, values) => container(chart, { resources: { cpu: { request: kplus.Cpu.millis(values.integer('r')), limit: kplus.Cpu.units(values.number('l')) } } }),
    ['cpu: "{{ toJson .Values.l }}"', text('cpu', 'r', 'm')],
  ],
  [
    'memory in mebibytes',
    (chart, values) => container(chart, { resources: { memory: { request: values.mebibytes('r'), limit: values.mebibytes('l') } } }),
    [text('memory', 'l', 'Mi'), text('memory', 'r', 'Mi')],
  ],
  [
    'ephemeral storage in gibibytes',
    (chart, values) => container(chart, { resources: { ephemeralStorage: { limit: Size.gibibytes(values.integer('g')) } } }),
    [text('ephemeral-storage', 'g', 'Gi')],
  ],
  [
    'a claim in gibibytes',
    (chart, values) => new kplus.PersistentVolumeClaim(chart, 'claim', { storage: Size.gibibytes(values.integer('g')) }),
    [text('storage', 'g', 'Gi')],
  ],
  [
    'an emptyDir in mebibytes',
    (chart, values) => deployment(chart).addVolume(kplus.Volume.fromEmptyDir(chart, 'tmp', 'tmp', { sizeLimit: values.mebibytes('m') })),
    [text('sizeLimit', 'm', 'Mi')],
  ],
  [
    'users and groups',
    (chart, values) => deployment(chart, { securityContext: { user: values.integer('u'), group: values.integer('g'), fsGroup: values.integer('f') } }),
    [int('fsGroup', 'f'), int('runAsGroup', 'g'), int('runAsUser', 'u')],
  ],
  [
    'a HorizontalPodAutoscaler between two values: they are compared by their defaults',
    (chart, values) => autoscaler(chart, { minReplicas: values.integer('min', { defaultValue: 2 }), maxReplicas: values.integer('max', { defaultValue: 3 }) }),
    [int('value', 'min'), int('maxReplicas', 'max'), int('minReplicas', 'min')],
  ],
  [
    'a HorizontalPodAutoscaler between two values with one default',
    (chart, values) => autoscaler(chart, { minReplicas: values.integer('min', { defaultValue: 2 }), maxReplicas: values.integer('max', { defaultValue: 2 }) }),
    [int('value', 'min'), int('maxReplicas', 'max'), int('minReplicas', 'min')],
  ],
  [
    'a HorizontalPodAutoscaler up to a value',
    (chart, values) => autoscaler(chart, { minReplicas: 2, maxReplicas: values.integer('max') }),
    [int('maxReplicas', 'max')],
  ],
  [
    'metrics and policies of a HorizontalPodAutoscaler',
    (chart, values) => autoscaler(chart, {
      metrics: [kplus.Metric.resourceCpu(kplus.MetricTarget.averageUtilization(values.integer('cpu')))],
      scaleUp: { policies: [{ replicas: kplus.Replicas.percent(values.integer('percent')) }] },
    }),
    [int('value', 'percent'), int('averageUtilization', 'cpu')],
  ],
  [
    'deadlines and retries of a Job',
    (chart, values) => new kplus.Job(chart, 'job', {
      activeDeadline: values.seconds('a'), backoffLimit: values.integer('b'), ttlAfterFinished: values.seconds('t'), containers: CONTAINERS,
    }),
    [int('activeDeadlineSeconds', 'a'), int('backoffLimit', 'b'), int('ttlSecondsAfterFinished', 't')],
  ],
  [
    'a CronJob, also an hour of its schedule',
    (chart, values) => new kplus.CronJob(chart, 'job', {
      schedule: Cron.schedule({ minute: '0', hour: `${values.integer('hour')}` }),
      startingDeadline: values.seconds('s', { defaultValue: 60 }),
      successfulJobsRetained: values.integer('k'),
      failedJobsRetained: values.integer('f'),
      containers: CONTAINERS,
    }),
    [int('failedJobsHistoryLimit', 'f'), 'schedule: "0 {{ int64 .Values.hour }} * * *"', int('startingDeadlineSeconds', 's'), int('successfulJobsHistoryLimit', 'k')],
  ],
  [
    'the partition of a StatefulSet',
    (chart, values) => new kplus.StatefulSet(chart, 'set', {
      replicas: values.integer('r'),
      strategy: kplus.StatefulSetUpdateStrategy.rollingUpdate({ partition: values.integer('p') }),
      containers: [{ image: 'web:2.0', portNumber: 80 }],
    }),
    [int('replicas', 'r'), int('partition', 'p')],
  ],
  [
    'when a taint evicts',
    (chart, values) => {
      const evictAfter = values.seconds('e');
      deployment(chart).scheduling.tolerate(kplus.Node.tainted(kplus.NodeTaintQuery.is('a', 'b', { effect: kplus.TaintEffect.NO_EXECUTE, evictAfter })));
    },
    [int('tolerationSeconds', 'e')],
  ],
  [
    'ports of a NetworkPolicy',
    (chart, values) => new kplus.NetworkPolicy(chart, 'policy', {
      ingress: {
        rules: [{
          peer: kplus.NetworkPolicyIpBlock.anyIpv4(chart, 'any'),
          ports: [kplus.NetworkPolicyPort.tcp(values.integer('p')), kplus.NetworkPolicyPort.tcpRange(values.integer('a'), values.integer('b'))],
        }],
      },
    }),
    [int('port', 'p'), int('endPort', 'b'), int('port', 'a')],
  ],
  [
    'IntOrString: a number or a percentage',
    (chart, values) => new ApiObject(chart, 'budget', {
      apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', spec: { minAvailable: values.integer('m'), maxUnavailable: `${values.integer('u')}%` },
    }),
    [text('maxUnavailable', 'u', '%'), int('minAvailable', 'm')],
  ],
  [
    'a variable of the environment',
    (chart, values) => container(chart, { envVariables: { WORKERS: kplus.EnvValue.fromValue(String(values.integer('w'))) } }),
    [text('value', 'w', '')],
  ],
])('a value survives as %s', (_, add, lines) => {
  expect(linesOf(add)).toEqual(lines);
});

const CARRIER = '\\d{16}';
const affinity = '/spec/template/spec/affinity/nodeAffinity/preferredDuringSchedulingIgnoredDuringExecution/0/weight';

/** Where cdk8s-plus compares a number with one that it knows, or converts it: what it says, and how the value gets there anyway. */
test.each<[string, Add, string, Add, string[]]>([
  [
    'minReplicas below a number',
    (chart, values) => autoscaler(chart, { minReplicas: values.integer('min', { defaultValue: 2 }) }),
    `'minReplicas' \\(${CARRIER}\\) must be less than or equal to 'maxReplicas' \\(10\\)`,
    (chart, values) => Placed.at(autoscaler(chart, {}), '/spec/minReplicas', values.integer('min', { defaultValue: 2 })),
    [int('minReplicas', 'min')],
  ],
  [
    'minReady before the usual progressDeadline',
    (chart, values) => deployment(chart, { minReady: values.seconds('m') }),
    `'progressDeadline' \\(600s\\) must be greater than 'minReady' \\(${CARRIER}s\\)`,
    (chart, values) => Placed.at(deployment(chart), '/spec/minReadySeconds', values.integer('m')),
    [int('minReadySeconds', 'm')],
  ],
  [
    'a stabilization window',
    (chart, values) => autoscaler(chart, { scaleUp: { stabilizationWindow: values.seconds('w') } }),
    '\'scaleUp.stabilizationWindow\' \\(\\d+ days .*\\) must be 0 seconds or more with a max of 1 hour',
    (chart, values) => Placed.at(autoscaler(chart, {}), '/spec/behavior/scaleUp/stabilizationWindowSeconds', values.integer('w')),
    [int('stabilizationWindowSeconds', 'w')],
  ],
  [
    'a weight of affinity',
    (chart, values) => deployment(chart).scheduling.attract(kplus.Node.labeled(kplus.NodeLabelQuery.is('disk', 'ssd')), { weight: values.integer('w') }),
    `Invalid affinity weight: ${CARRIER}. Must be in range 1-100`,
    (chart, values) => {
      const web = deployment(chart);
      web.scheduling.attract(kplus.Node.labeled(kplus.NodeLabelQuery.is('disk', 'ssd')), { weight: 1 });
      Placed.at(web, affinity, values.integer('w', { minimum: 1, maximum: 100 }));
    },
    [int('weight', 'w')],
  ],
  [
    'a claim in mebibytes',
    (chart, values) => new kplus.PersistentVolumeClaim(chart, 'claim', { storage: values.mebibytes('m') }),
    'm mebibytes\' cannot be converted into a whole number of gibibytes',
    (chart, values) => {
      const claim = new kplus.PersistentVolumeClaim(chart, 'claim', { storage: Size.gibibytes(1) });
      Placed.at(claim, '/spec/resources/requests/storage', `${values.mebibytes('m').toMebibytes()}Mi`);
    },
    [text('storage', 'm', 'Mi')],
  ],
  [
    'memory in gibibytes',
    (chart, values) => container(chart, { resources: { memory: { limit: Size.gibibytes(values.integer('g')) } } }),
    'web/web/Resource/spec/template/spec/containers/0/resources/limits/memory: g was multiplied by 1024, but a value can only be placed',
    (chart, values) => Placed.inPod(deployment(chart), 'containers/0/resources/limits/memory', `${values.integer('g')}Gi`),
    [text('memory', 'g', 'Gi')],
  ],
])('cdk8s-plus cannot take a value for %s, and Placed puts it there', (_, refused, message, placed, lines) => {
  expect(() => linesOf(refused)).toThrow(new RegExp(message));
  expect(linesOf(placed)).toEqual(lines);
});

test('an error of cdk8s-plus at synth names the value and says what to do', () => {
  expect(() => linesOf((chart, values) => new kplus.PersistentVolumeClaim(chart, 'claim', { storage: values.mebibytes('data.size', { defaultValue: 512 }) })))
    .toThrow(/claim\/Resource.*'data.size mebibytes' cannot be converted into a whole number of gibibytes.*Placed\.at/s);
});
