import { ApiObject, JsonPatch, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { sampleText } from '../tokens';
import { podSpecPath } from '../vocabulary';
import { defined } from './defined';
import { ContainerHookProps } from './hook-props';

/** What runs in the Pod of a hook. */
export interface PodProps extends ContainerHookProps {
  readonly image: string;
  readonly command?: string[];
}

const RESOURCES: kplus.ContainerResources = {
  cpu: { request: kplus.Cpu.millis(50) },
  memory: { request: Size.mebibytes(64), limit: Size.mebibytes(512) },
};

/** The name that cdk8s-plus-27 has no word for yet. */
export const ALL = 'ALL' as kplus.Capability;

function container(scope: Construct, { image, command, args, env, envFrom, resources, volumes = [] }: PodProps): kplus.ContainerProps {
  const hasTmp = volumes.some(({ path }) => sampleText(path).replace(/\/+$/, '') === '/tmp');
  const tmp = { path: '/tmp', volume: kplus.Volume.fromEmptyDir(scope, 'Tmp', 'tmp') };
  return {
    ...defined({ image, command, args, envFrom, envVariables: env }),
    resources: { ...RESOURCES, ...defined(resources ?? {}) },
    volumeMounts: hasTmp ? volumes : [...volumes, tmp],
    securityContext: { capabilities: { drop: [ALL] } },
  };
}

/** A Pod with the defaults of a careful engineer, as cdk8s-plus wants to be told of it. */
export function podProps(scope: Construct, props: PodProps): kplus.AbstractPodProps {
  const { name, user, serviceAccount } = props;
  return {
    ...defined({ metadata: name === undefined ? undefined : { name }, serviceAccount }),
    automountServiceAccountToken: serviceAccount !== undefined,
    securityContext: { fsGroupChangePolicy: kplus.FsGroupChangePolicy.ON_ROOT_MISMATCH, ...defined({ user, fsGroup: user }) },
    containers: [container(scope, props)],
  };
}

/** Adds what cdk8s-plus-27 cannot say, or says where Kubernetes' own default is the better one. */
export function completePod(pod: kplus.AbstractPod, props: ContainerHookProps): void {
  const { podMetadata = {}, nodeSelector, tolerations, priorityClassName, imagePullSecrets } = props;
  for (const [key, value] of Object.entries(podMetadata.labels ?? {})) pod.podMetadata.addLabel(key, value);
  for (const [key, value] of Object.entries(podMetadata.annotations ?? {})) pod.podMetadata.addAnnotation(key, value);

  const apiObject = ApiObject.of(pod);
  const spec = podSpecPath(apiObject.kind);
  const fields = defined({
    nodeSelector,
    priorityClassName,
    tolerations: tolerations?.map((each) => ({ ...defined(each), operator: each.value === undefined ? 'Exists' : 'Equal' })),
    imagePullSecrets: imagePullSecrets?.map(({ name }) => ({ name })),
  });
  apiObject.addJsonPatch(
    JsonPatch.add(`${spec}/securityContext/seccompProfile`, { type: 'RuntimeDefault' }),
    JsonPatch.remove(`${spec}/containers/0/imagePullPolicy`),
    ...Object.entries(fields).map(([field, value]) => JsonPatch.add(`${spec}/${field}`, value)),
  );
}
