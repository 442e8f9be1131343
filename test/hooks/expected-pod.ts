/** The security context of a container that the restricted Pod Security profile admits, as every hook has it. */
export const RESTRICTED = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  privileged: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
};

/** The annotations of a hook that was told its events and no more. */
export function expectedAnnotations(events: string): Record<string, string> {
  return {
    'helm.sh/hook': events,
    'helm.sh/hook-weight': '0',
    'helm.sh/hook-delete-policy': 'before-hook-creation',
    'helm.sh/hook-output-log-policy': 'hook-failed',
  };
}

/** The Pod of a hook that was told its image and no more. */
export function expectedPod(image: string): object {
  return {
    restartPolicy: 'Never',
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, fsGroupChangePolicy: 'OnRootMismatch', seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: 'main',
        image,
        resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '512Mi' } },
        securityContext: RESTRICTED,
        volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
      },
    ],
    volumes: [{ name: 'tmp', emptyDir: {} }],
    dnsPolicy: 'ClusterFirst',
    hostNetwork: false,
    setHostnameAsFQDN: false,
    terminationGracePeriodSeconds: 30,
  };
}
