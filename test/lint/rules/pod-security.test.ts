import { podSecurity } from '../../../src/lint/rules/pod-security';
import { RESTRICTED, hook, job, pod, resource } from '../objects';
import { cases } from './cases';

cases(podSecurity, {
  bad: [
    ['nothing said', ['allowPrivilegeEscalation is not false, capabilities are not dropped (ALL), runAsNonRoot is not true, seccompProfile is not RuntimeDefault'], job({ pod: { securityContext: undefined }, container: { securityContext: undefined } })],
    ['root', ['runAsUser is 0'], job({ container: { securityContext: { ...RESTRICTED, runAsUser: 0 } } })],
    ['privileged', ['privileged'], job({ container: { securityContext: { ...RESTRICTED, privileged: true } } })],
    ['a capability', ['capabilities'], job({ container: { securityContext: { ...RESTRICTED, capabilities: { drop: ['ALL'], add: ['NET_ADMIN'] } } } })],
    ['the host', ['hostNetwork, a hostPath volume'], job({ pod: { hostNetwork: true, volumes: [{ name: 'a', hostPath: { path: '/' } }] } })],
    ['a container that takes back what the Pod says', ['runAsNonRoot is not true'], job({ container: { securityContext: { ...RESTRICTED, runAsNonRoot: false } } })],
  ],
  good: [
    ['restricted', job(), pod()],
    ['a port below 1024', job({ container: { securityContext: { ...RESTRICTED, capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } } } })],
    ['Windows', job({ pod: { os: { name: 'windows' }, securityContext: undefined }, container: { securityContext: undefined } })],
    ['what has no Pod', hook('ConfigMap')],
    ['a resource', resource('Pod', 'a')],
  ],
});
