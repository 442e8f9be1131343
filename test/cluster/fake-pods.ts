/** What a pod on the fake node does; annotations of the pod. */
export const FAKE_POD = {
  /** How long it runs, such as `5s`. Pods of Jobs end at once without it, others never. */
  runsFor: 'fake.kwok.x-k8s.io/runs-for',
  /** What its containers exit with; `0` without it. */
  exitCode: 'fake.kwok.x-k8s.io/exit-code',
} as const;

/** The life of a pod on the fake node, as kwok's stages: it runs, it ends, it is deleted. */
export function fakePodStages(): object[] {
  return [
    stage('runs', ['.status.podIP', 'DoesNotExist'], { next: { statusTemplate: RUNNING } }),
    stage('ends-as-job', ['.metadata.ownerReferences.[].kind', 'In', 'Job'], { next: { statusTemplate: ENDED }, delay: DELAY, phase: 'Running' }),
    stage('ends-as-told', [`.metadata.annotations["${FAKE_POD.runsFor}"]`, 'Exists'], {
      next: { statusTemplate: ENDED },
      delay: DELAY,
      phase: 'Running',
    }),
    stage('is-deleted', ['.metadata.deletionTimestamp', 'Exists'], { next: { finalizers: { empty: true }, delete: true } }),
  ];
}

interface StageContent {
  readonly next: object;
  readonly delay?: object;
  readonly phase?: string;
}

function stage(name: string, [key, operator, ...values]: readonly string[], { next, delay, phase }: StageContent): object {
  const deleted = key === '.metadata.deletionTimestamp';
  const matchExpressions = [
    { key, operator, values: values.length ? values : undefined },
    ...(deleted ? [] : [{ key: '.metadata.deletionTimestamp', operator: 'DoesNotExist' }]),
    ...(phase ? [{ key: '.status.phase', operator: 'In', values: [phase] }] : []),
  ];
  return {
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'Stage',
    metadata: { name: `pod-${name}` },
    spec: { resourceRef: { apiGroup: 'v1', kind: 'Pod' }, selector: { matchExpressions }, delay, next },
  };
}

const DELAY = { durationMilliseconds: 0, durationFrom: { expressionFrom: `.metadata.annotations["${FAKE_POD.runsFor}"]` } };

const RUNNING = `
{{ $now := Now }}
conditions:
{{ range $type := list "Initialized" "Ready" "ContainersReady" }}
- { type: {{ $type }}, status: "True", lastTransitionTime: {{ $now | Quote }} }
{{ end }}
containerStatuses:
{{ range .spec.containers }}
- { name: {{ .name | Quote }}, image: {{ .image | Quote }}, ready: true, restartCount: 0, state: { running: { startedAt: {{ $now | Quote }} } } }
{{ end }}
hostIP: {{ NodeIPWith .spec.nodeName | Quote }}
podIP: {{ PodIPWith .spec.nodeName ( or .spec.hostNetwork false ) .metadata.uid .metadata.name .metadata.namespace | Quote }}
phase: Running
startTime: {{ $now | Quote }}
`;

const ENDED = `
{{ $now := Now }}
{{ $started := .status.startTime }}
{{ $annotations := or .metadata.annotations dict }}
{{ $code := or ( index $annotations "${FAKE_POD.exitCode}" ) "0" }}
{{ $failed := ne $code "0" }}
conditions:
{{ range $type := list "Ready" "ContainersReady" }}
- { type: {{ $type }}, status: "False", reason: {{ if $failed }}PodFailed{{ else }}PodCompleted{{ end }}, lastTransitionTime: {{ $now | Quote }} }
{{ end }}
containerStatuses:
{{ range .spec.containers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  ready: false
  started: false
  restartCount: 0
  state:
    terminated:
      exitCode: {{ $code }}
      reason: {{ if $failed }}Error{{ else }}Completed{{ end }}
      startedAt: {{ $started | Quote }}
      finishedAt: {{ $now | Quote }}
{{ end }}
phase: {{ if $failed }}Failed{{ else }}Succeeded{{ end }}
`;
