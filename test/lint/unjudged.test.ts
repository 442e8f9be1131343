import { lint } from '../../src/lint';
import { FieldPath, describePath } from '../../src/vocabulary';
import { RESTRICTED, hook, job, pod, resource } from './objects';

const ACTION = '{{ .Values.any }}';

/** Objects with something in every field that a rule looks at, and that no rule finds fault with. */
const container = {
  name: 'main',
  image: 'shop:2.0',
  command: ['./migrate', '--token=/run/token'],
  args: ['up'],
  env: [{ name: 'A', value: 'b' }, { name: 'B', valueFrom: { secretKeyRef: { name: 'hook-secret', key: 'k' } } }],
  envFrom: [{ configMapRef: { name: 'settings', optional: true } }],
  securityContext: { ...RESTRICTED, privileged: false, runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
};
const volumes = [
  { name: 'a', secret: { secretName: 'hook-secret' } },
  { name: 'b', configMap: { name: 'settings', optional: true } },
  { name: 'c', projected: { sources: [{ secret: { name: 'hook-secret' } }] } },
];
const GOOD: readonly object[] = [
  hook('Secret', { name: 'hook-secret', on: 'pre-install,pre-upgrade', weight: '-5' }),
  resource('ConfigMap', 'settings', { 'helm.sh/resource-policy': 'keep' }),
  job({
    on: 'pre-install,pre-upgrade',
    weight: '1',
    annotations: {
      'helm.sh/hook-output-log-policy': 'hook-failed',
      'cdk8s-lifecycle/timeout': '200s',
      'cdk8s-lifecycle/lint-ignore': 'ttl-too-short: nobody reads it',
    },
    metadata: { labels: { app: 'shop' } },
    container,
    pod: { volumes, initContainers: [{ ...container, name: 'wait' }], imagePullSecrets: [{ name: 'registry' }], hostNetwork: false, hostPID: false },
    spec: { suspend: false, parallelism: 1, ttlSecondsAfterFinished: 300 },
  }),
  pod({ name: 'smoke', policies: 'hook-succeeded,hook-failed,before-hook-creation', annotations: { 'helm.sh/hook-output-log-policy': 'hook-failed' } }),
];

const lintAll = (objects: readonly object[]) => lint(objects.map((value) => ({ place: {}, value })), { rendered: false });

/** Where something may be a value of the chart: everywhere but in what makes an object what it is. */
function places(value: unknown, path: FieldPath = []): FieldPath[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inside = Object.entries(value).flatMap(([key, each]) => places(each, [...path, Array.isArray(value) ? Number(key) : key]));
  return path.length === 0 ? inside : [path, ...inside];
}

function put(value: unknown, [key, ...rest]: FieldPath): unknown {
  if (key === undefined) return ACTION;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<string | number, unknown>;
  return Object.assign(copy, { [key]: put(copy[key], rest) });
}

const IDENTITY = ['apiVersion', 'kind', 'metadata'];
const ALL = GOOD.flatMap((object, index) =>
  places(object).filter((path) => !(path.length === 1 && IDENTITY.includes(String(path[0])))).map((path) => [`${describePath(path)} of object ${index}`, index, path] as const));

test('the objects are right', () => {
  expect(lintAll(GOOD)).toEqual([]);
  expect(ALL.length).toBeGreaterThan(100);
});

test.each(ALL)('no rule judges a template expression at %s', (_, index, path) => {
  expect(lintAll(GOOD.map((object, at) => (at === index ? (put(object, path) as object) : object)))).toEqual([]);
});
