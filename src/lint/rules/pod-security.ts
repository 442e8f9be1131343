import { Container, PodSpec, containersOf, mapsOf } from '../../vocabulary';
import { hookRule } from '../rule';
import { podOf, podPathOf } from '../subject';

type Context = Readonly<Record<string, unknown>>;

function typeOf(profile: unknown): unknown {
  return typeof profile === 'object' && profile !== null ? (profile as Context).type : undefined;
}

function capabilities(context: Context): { readonly add: readonly unknown[]; readonly drop: readonly unknown[] } {
  const { add, drop } = (context.capabilities ?? {}) as { readonly add?: unknown; readonly drop?: unknown };
  return { add: Array.isArray(add) ? add : [], drop: Array.isArray(drop) ? drop : [] };
}

/** What the restricted profile asks of a container: https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
function ofContainer(container: Container, pod: Context): string[] {
  const own: Context = container.securityContext ?? {};
  const { add, drop } = capabilities(own);
  return [
    ...(own.privileged === true ? ['privileged'] : []),
    ...(own.allowPrivilegeEscalation === false ? [] : ['allowPrivilegeEscalation is not false']),
    ...(drop.includes('ALL') && add.every((each) => each === 'NET_BIND_SERVICE') ? [] : ['capabilities are not dropped (ALL)']),
    ...((own.runAsNonRoot ?? pod.runAsNonRoot) === true ? [] : ['runAsNonRoot is not true']),
    ...((own.runAsUser ?? pod.runAsUser) === 0 ? ['runAsUser is 0'] : []),
    ...(['RuntimeDefault', 'Localhost'].includes(typeOf(own.seccompProfile ?? pod.seccompProfile) as string) ? [] : ['seccompProfile is not RuntimeDefault']),
  ];
}

function ofPod(pod: PodSpec): string[] {
  if ((pod.os as Context | undefined)?.name === 'windows') return []; // the profile asks other things of it
  return [
    ...['hostNetwork', 'hostPID', 'hostIPC'].filter((field) => pod[field] === true),
    ...(mapsOf(pod.volumes).some(({ hostPath }) => hostPath !== undefined) ? ['a hostPath volume'] : []),
    ...containersOf(pod).flatMap((container) => ofContainer(container, pod.securityContext ?? {})),
  ];
}

/** A Pod that the restricted profile does not admit. */
export const podSecurity = hookRule({
  id: 'pod-security',
  severity: 'warning',
  title: 'A Pod that the restricted profile does not admit',
  why: 'In a namespace that enforces the restricted Pod Security profile the Pod is never created, and Helm waits for its Job until the timeout.',
  check: (hook) => {
    const violations = [...new Set(ofPod(podOf(hook) ?? {}))];
    if (violations.length === 0) return [];
    return [{
      message: `the restricted Pod Security profile refuses the Pod: ${violations.join(', ')}`,
      remedy: 'Set the securityContext of Pod and containers as the profile asks.',
      path: [...podPathOf(hook), 'securityContext'],
    }];
  },
});
