import { ObjectRef, describeRef } from '../../vocabulary';
import { PodSpec, lastExit } from './pod-diagnosis';
import { Symptom } from './stall-symptoms';

/** An object that a Pod needs and that does not exist. */
export type Missing = Pick<ObjectRef, 'kind' | 'name'>;

/** One way in which a hook cannot run: how it is recognised, what the user reads, and whether waiting may help. */
export interface StallCause {
  readonly at: Symptom['at'];
  /** Matches the words of Kubernetes. */
  readonly sign: RegExp;
  /** Without a change of the manifests or of the image it stays as it is. */
  readonly hopeless: boolean;
  readonly reason: (match: RegExpExecArray, symptom: Symptom) => string;
  readonly remedy: string | ((match: RegExpExecArray, symptom: Symptom) => string);
  /** The object that does not exist, where that is what is wrong: hopeless, too, if the release itself makes it only later. */
  readonly missing?: (match: RegExpExecArray, symptom: Symptom) => Missing;
}

const KINDS: Readonly<Record<string, string>> = {
  secret: 'Secret',
  configmap: 'ConfigMap',
  persistentvolumeclaim: 'PersistentVolumeClaim',
  serviceaccount: 'ServiceAccount',
};

/** `secret "db"` of a message. */
const named = ([, kind, name]: RegExpExecArray): Missing => ({ kind: KINDS[kind] ?? kind, name });

const ofContainer = ({ container }: Symptom) => `container "${container}"`;
const ofImage = ({ image, container }: Symptom) => `image "${image}" of container "${container}"`;

/** What the registry or the network said, without those that have passed it on; old kubelets say it only once. */
function pullDetail(text: string): string {
  const said = text
    .replace(/^\w+: /, '')
    .replace(/^Back-off pulling image "[^"]*":? ?/, '')
    .replace(/^ErrImagePull: /, '')
    .replace(/rpc error: code = \w+ desc = /g, '')
    .replace(/failed to (?:pull and unpack image|resolve reference|pull image|copy|do request) ?(?:"[^"]*")?: /g, '');
  return said === '' ? text.replace(/:.*/s, '') : said;
}

/** Where a volume's objects come from. */
function volumeSource({ pod }: Symptom, volume: string, kind: 'Secret' | 'ConfigMap'): string {
  const source = ((pod?.spec as PodSpec | undefined)?.volumes ?? []).find(({ name }) => name === volume);
  const name = kind === 'Secret' ? source?.secret?.secretName : source?.configMap?.name;
  return name === undefined ? `the ${kind} of volume "${volume}"` : describeRef({ kind, name });
}

function claimsOf({ pod }: Symptom): string {
  const claims = ((pod?.spec as PodSpec | undefined)?.volumes ?? []).flatMap(({ persistentVolumeClaim: claim }) => claim?.claimName ?? []);
  return claims.map((name) => describeRef({ kind: 'PersistentVolumeClaim', name })).join(', ') || 'a PersistentVolumeClaim';
}

const words = (text: string) => text.replace(/^\w+: /, '');
const unpod = (text: string) => words(text).replace(/ \(pod: .*\)$/, '');

/**
 * The causes, the first that fits counts.
 *
 * The signs are the words of Kubernetes 1.34; the files in which they stand are named. A cause is hopeless only where the object that is wrong is the manifest
 * or the image: what an autoscaler, an operator, a registry that comes back or a colleague may put right is waited for.
 */
export const STALL_CAUSES: readonly StallCause[] = [
  // pkg/kubelet/images/types.go and image_manager.go
  {
    at: 'container',
    sign: /^InvalidImageName\b/,
    hopeless: true,
    reason: (_match, symptom) => `${ofImage(symptom)} is no name of an image`,
    remedy: 'Correct it in the manifest.',
  },
  {
    at: 'container',
    sign: /^ErrImageNeverPull\b/,
    hopeless: true,
    reason: (_match, symptom) => `${ofImage(symptom)} is not on the node, and imagePullPolicy Never forbids to pull it`,
    remedy: 'Load the image onto the node, or set imagePullPolicy to IfNotPresent.',
  },
  // The registry has answered, and does not have it: containerd's errdefs.ErrNotFound ("…: not found"), CRI-O's and Docker's "manifest unknown".
  {
    at: 'container',
    sign: /^(?:ErrImagePull|ImagePullBackOff): .*(?:code = NotFound\b|manifest unknown|manifest for .* not found|: not found$)/,
    hopeless: true,
    reason: (_match, symptom) => `${ofImage(symptom)} does not exist in its registry: ${pullDetail(symptom.text)}`,
    remedy: 'Push it, or correct its name or tag in the manifest.',
  },
  {
    at: 'container',
    sign: /^(?:ErrImagePull|ImagePullBackOff): .*(?:pull access denied|[Uu]nauthorized|authorization failed|no basic auth|403 Forbidden|denied:)/,
    hopeless: false,
    reason: (_match, symptom) => `${ofImage(symptom)} is refused by its registry: ${pullDetail(symptom.text)}`,
    remedy: 'Correct its name, or give the Pod credentials for the registry (imagePullSecrets).',
  },
  {
    at: 'container',
    sign: /^(?:ErrImagePull|ImagePullBackOff|ImageInspectError|RegistryUnavailable|SignatureValidationFailed)\b/,
    hopeless: false,
    reason: (_match, symptom) => `${ofImage(symptom)} cannot be pulled: ${pullDetail(symptom.text)}`,
    remedy: 'Check the name of the image, and that the node reaches the registry.',
  },
  // pkg/kubelet/kuberuntime/security_context_others.go, verifyRunAsNonRoot
  {
    at: 'container',
    sign: /^CreateContainerConfigError: .*(?:runAsNonRoot|breaks non-root policy)/,
    hopeless: true,
    reason: (_match, symptom) => `${ofContainer(symptom)} is refused: ${unpod(symptom.text)}`,
    remedy: 'Set securityContext.runAsUser to the number of a user that is not root, or build the image with such a user.',
  },
  // pkg/kubelet/kubelet_pods.go, makeEnvironmentVariables: the object is there, and lacks the key
  {
    at: 'container',
    sign: /^CreateContainerConfigError: couldn't find key (\S+) in (Secret|ConfigMap) [^/\s]+\/(\S+)/,
    hopeless: true,
    reason: ([, key, kind, name], symptom) => `${describeRef({ kind, name })} has no key "${key}", which ${ofContainer(symptom)} needs`,
    remedy: ([, , kind]) => `Add the key to the ${kind}, or correct it in the manifest.`,
  },
  {
    at: 'container',
    sign: /^CreateContainerConfigError: (secret|configmap) "([^"]+)" not found/,
    hopeless: false,
    reason: (match, symptom) => `${describeRef(named(match))} does not exist, which ${ofContainer(symptom)} needs`,
    remedy: 'Create it, or correct its name in the manifest.',
    missing: named,
  },
  {
    at: 'container',
    sign: /^CreateContainerConfigError\b/,
    hopeless: false,
    reason: (_match, symptom) => `${ofContainer(symptom)} cannot be configured: ${unpod(symptom.text)}`,
    remedy: 'Correct what it names in the manifest.',
  },
  // containerd, internal/cri/server/container_create.go
  {
    at: 'container',
    sign: /^CreateContainerError: .*no command specified/,
    hopeless: true,
    reason: (_match, symptom) => `${ofImage(symptom)} has no command, and the manifest gives none`,
    remedy: 'Set the command of the container.',
  },
  {
    at: 'container',
    sign: /^CrashLoopBackOff\b/,
    hopeless: false,
    reason: (_match, symptom) => `${ofContainer(symptom)} has ${lastExit(symptom.pod, symptom.container) ?? 'ended'} and is started again`,
    remedy: 'See its log; the Job ends when its backoffLimit is reached.',
  },
  {
    at: 'container',
    sign: /^/,
    hopeless: false,
    reason: (_match, symptom) => `${ofContainer(symptom)}: ${symptom.text}`,
    remedy: 'See the events of the Pod (kubectl describe pod).',
  },
  // pkg/scheduler/framework/plugins/volumebinding/volume_binding.go
  {
    at: 'scheduling',
    sign: /(persistentvolumeclaim) "([^"]+)" not found/,
    hopeless: false,
    reason: (match) => `${describeRef(named(match))} does not exist, which its Pod needs`,
    remedy: 'Create it, or correct its name in the manifest.',
    missing: named,
  },
  {
    at: 'scheduling',
    sign: /unbound immediate PersistentVolumeClaims/,
    hopeless: false,
    reason: (_match, symptom) => `${claimsOf(symptom)} has no volume yet`,
    remedy: 'See why (kubectl describe persistentvolumeclaim): its StorageClass must exist and be able to provision it.',
  },
  {
    at: 'scheduling',
    sign: /^SchedulingGated\b/,
    hopeless: false,
    reason: () => 'cannot be scheduled: its Pod has scheduling gates',
    remedy: 'The controller that set them has to remove them.',
  },
  {
    at: 'scheduling',
    sign: /^/,
    hopeless: false,
    reason: (_match, symptom) => `cannot be scheduled: ${words(symptom.text)}`,
    remedy: 'Make room on the nodes, or change its requests, node selector or tolerations.',
  },
  // pkg/volume/secret/secret.go and pkg/volume/configmap/configmap.go
  {
    at: 'setup',
    sign: /: (secret|configmap) "([^"]+)" not found/,
    hopeless: false,
    reason: (match) => `${describeRef(named(match))} does not exist, which its Pod mounts`,
    remedy: 'Create it, or correct its name in the manifest.',
    missing: named,
  },
  {
    at: 'setup',
    sign: /volume "([^"]+)" : (configmap )?references non-existent (?:secret|config) key: (\S+)/,
    hopeless: true,
    reason: ([, volume, configMap, key], symptom) => `${volumeSource(symptom, volume, configMap ? 'ConfigMap' : 'Secret')} has no key "${key}", which its Pod mounts`,
    remedy: 'Add the key, or correct it in the manifest.',
  },
  {
    at: 'setup',
    sign: /^FailedCreatePodSandBox\b/,
    hopeless: false,
    reason: (_match, symptom) => `its Pod cannot be set up: ${words(symptom.text)}`,
    remedy: 'Look at the node: its container runtime and its network.',
  },
  {
    at: 'setup',
    sign: /^/,
    hopeless: false,
    reason: (_match, symptom) => `a volume cannot be mounted: ${words(symptom.text)}`,
    remedy: 'Look at the volume and at its driver.',
  },
  // The Job controller cannot create the Pod, and tries again (pkg/controller/controller_utils.go, createPods). plugin/pkg/admission/serviceaccount
  {
    at: 'creation',
    sign: /(serviceaccount) "([^"]+)" not found/,
    hopeless: false,
    reason: (match) => `${describeRef(named(match))} does not exist, which its Pod runs as`,
    remedy: 'Create it, or correct its name in the manifest.',
    missing: named,
  },
  // plugin/pkg/admission/priority, plugin/pkg/admission/runtimeclass
  {
    at: 'creation',
    sign: /no (PriorityClass) with name (\S+) was found|(RuntimeClass) "([^"]+)" not found/,
    hopeless: false,
    reason: ([, priority, first, runtime, second]) => `${describeRef({ kind: priority ?? runtime, name: first ?? second })} does not exist, which its Pod needs`,
    remedy: 'Create it, or correct its name in the manifest.',
    missing: ([, priority, first, runtime, second]) => ({ kind: priority ?? runtime, name: first ?? second }),
  },
  // k8s.io/pod-security-admission/admission
  {
    at: 'creation',
    sign: /^violates PodSecurity "([^"]+)": (.*)/s,
    hopeless: true,
    reason: ([, profile, details]) => `its Pod is denied by Pod Security "${profile}": ${details}`,
    remedy: 'Set the securityContext that the namespace asks for.',
  },
  // k8s.io/apiserver/pkg/admission/plugin/webhook/errors/statuserror.go, plugin/policy/validating/dispatcher.go
  {
    at: 'creation',
    sign: /admission webhook ".*" denied the request|denied request: /,
    hopeless: true,
    reason: (_match, { text }) => `its Pod is denied by admission: ${text}`,
    remedy: 'Change the manifest to what the policy asks for.',
  },
  // k8s.io/apiserver/pkg/admission/plugin/resourcequota/controller.go
  {
    at: 'creation',
    sign: /^failed quota: (\S+): (must specify .*)/,
    hopeless: true,
    reason: ([, quota, details]) => `its Pod is denied by ResourceQuota/${quota}: ${details}`,
    remedy: 'Set the resources of its containers.',
  },
  {
    at: 'creation',
    sign: /^exceeded quota: (\S+), (.*)/,
    hopeless: false,
    reason: ([, quota, details]) => `ResourceQuota/${quota} is used up: ${details}`,
    remedy: 'Free what the quota counts, raise it, or lower the requests of the hook.',
  },
  // plugin/pkg/admission/limitranger/admission.go
  {
    at: 'creation',
    sign: /\b(?:maximum|minimum) \S+ usage per |max limit to request ratio per /,
    hopeless: true,
    reason: (_match, { text }) => `its Pod is denied by a LimitRange: ${text}`,
    remedy: 'Change the resources of its containers.',
  },
  {
    at: 'creation',
    sign: /^Pod "[^"]*" is invalid: (.*)/s,
    hopeless: true,
    reason: ([, details]) => `its Pod is invalid: ${details}`,
    remedy: 'Correct the manifest.',
  },
  {
    at: 'creation',
    sign: /^/,
    hopeless: false,
    reason: (_match, { text }) => `its Pod cannot be created: ${text}`,
    remedy: 'See the events of the Job (kubectl describe job).',
  },
];
