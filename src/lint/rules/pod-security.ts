import { Container, PodSpec, containersOf, mapsOf } from '../../vocabulary';
import { hookRule } from '../rule';
import { isTemplate, podPathOf } from '../subject';

type Context = Readonly<Record<string, unknown>>;

/** A field of a map; where a template stands for the map it decides on the field, too. */
function fieldOf(map: unknown, field: string): unknown {
  if (isTemplate(map)) return map;
  return typeof map === 'object' && map !== null ? (map as Context)[field] : undefined;
}

/** Whether a field is this, or may be. */
function mayBe(value: unknown, wanted: unknown): boolean {
  return value === wanted || isTemplate(value);
}

/** A field of the container, or of its Pod where the container says nothing. */
function ofEither(own: unknown, pod: unknown, field: string): unknown {
  return fieldOf(own, field) ?? fieldOf(pod, field);
}

function itemsOf(list: unknown): readonly unknown[] {
  return Array.isArray(list) ? list : isTemplate(list) ? [list] : [];
}

/** What the restricted profile asks of a container: https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
function ofContainer({ securityContext: own }: Container, pod: unknown): string[] {
  const capabilities = fieldOf(own, 'capabilities');
  const [add, drop] = ['add', 'drop'].map((field) => itemsOf(fieldOf(capabilities, field)));
  const dropsAll = drop.some((each) => mayBe(each, 'ALL')) && add.every((each) => mayBe(each, 'NET_BIND_SERVICE'));
  const profile = fieldOf(ofEither(own, pod, 'seccompProfile'), 'type');
  return [
    ...(fieldOf(own, 'privileged') === true ? ['privileged'] : []),
    ...(mayBe(fieldOf(own, 'allowPrivilegeEscalation'), false) ? [] : ['allowPrivilegeEscalation is not false']),
    ...(dropsAll ? [] : ['capabilities are not dropped (ALL)']),
    ...(mayBe(ofEither(own, pod, 'runAsNonRoot'), true) ? [] : ['runAsNonRoot is not true']),
    ...(ofEither(own, pod, 'runAsUser') === 0 ? ['runAsUser is 0'] : []),
    ...(mayBe(profile, 'RuntimeDefault') || profile === 'Localhost' ? [] : ['seccompProfile is not RuntimeDefault']),
  ];
}

function ofPod(pod: PodSpec): string[] {
  if ((pod.os as Context | undefined)?.name === 'windows') return []; // the profile asks other things of it
  return [
    ...['hostNetwork', 'hostPID', 'hostIPC'].filter((field) => pod[field] === true),
    ...(mapsOf(pod.volumes).some(({ hostPath }) => hostPath !== undefined) ? ['a hostPath volume'] : []),
    ...containersOf(pod).flatMap((container) => ofContainer(container, pod.securityContext)),
  ];
}

/** A Pod that the restricted profile does not admit. */
export const podSecurity = hookRule({
  id: 'pod-security',
  severity: 'warning',
  title: 'A Pod that the restricted profile does not admit',
  why: 'In a namespace that enforces the restricted Pod Security profile the Pod is never created, and Helm waits for its Job until the timeout.',
  check: (hook) => {
    const violations = [...new Set(ofPod(hook.pod ?? {}))];
    if (violations.length === 0) return [];
    return [{
      message: `the restricted Pod Security profile refuses the Pod: ${violations.join(', ')}`,
      remedy: 'Set the securityContext of Pod and containers as the profile asks.',
      path: [...podPathOf(hook), 'securityContext'],
    }];
  },
});
