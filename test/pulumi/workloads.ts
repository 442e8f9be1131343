import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { FAKE_NODE, ON_FAKE_NODE } from '../cluster/fake-node';
import { FAKE_POD } from '../cluster/fake-pods';
import { BUSYBOX_IMAGE } from '../cluster/images';

/** A container's environment. */
type Env = Readonly<Record<string, pulumi.Input<string>>>;

/** What a workload is made with. */
export interface WorkloadArgs {
  readonly namespace: string;
  readonly env?: Env;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Annotations of its Pods. */
  readonly pod?: Readonly<Record<string, string>>;
  /**
   * Where its Pods run. Where there is no such node, they never do.
   *
   * @default - the fake node
   */
  readonly node?: string;
}

type PodTemplate = k8s.types.input.core.v1.PodTemplateSpec;

const TOLERANT = { tolerations: [...ON_FAKE_NODE.tolerations] };

function podTemplate(name: string, { env = {}, pod = {}, node = FAKE_NODE }: WorkloadArgs, restartPolicy: string): PodTemplate {
  const container = { name: 'main', image: BUSYBOX_IMAGE, env: Object.entries(env).map(([key, value]) => ({ name: key, value })) };
  return {
    metadata: { labels: { app: name }, annotations: { ...pod } },
    spec: { ...TOLERANT, containers: [container], restartPolicy, nodeSelector: { 'kubernetes.io/hostname': node } },
  };
}

/** A Deployment of one Pod on the fake node, which is ready at once. */
export function deployment(name: string, args: WorkloadArgs, options?: pulumi.CustomResourceOptions): k8s.apps.v1.Deployment {
  const { namespace, annotations = {} } = args;
  const spec = { selector: { matchLabels: { app: name } }, template: podTemplate(name, args, 'Always') };
  return new k8s.apps.v1.Deployment(name, { metadata: { name, namespace, annotations: { ...annotations } }, spec }, options);
}

/** A Job on the fake node, which ends at once: with the exit code that its Pod is told. */
export function job(name: string, args: WorkloadArgs & { readonly exitCode?: number }, options?: pulumi.CustomResourceOptions): k8s.batch.v1.Job {
  const { namespace, annotations = {}, exitCode = 0 } = args;
  const template = podTemplate(name, { ...args, pod: { ...args.pod, [FAKE_POD.exitCode]: String(exitCode) } }, 'Never');
  const spec = { backoffLimit: 0, template };
  return new k8s.batch.v1.Job(name, { metadata: { name, namespace, annotations: { ...annotations } }, spec }, options);
}

/** A ConfigMap. */
export function configMap(name: string, namespace: string, data: Env, options?: pulumi.CustomResourceOptions): k8s.core.v1.ConfigMap {
  return new k8s.core.v1.ConfigMap(name, { metadata: { name, namespace }, data }, options);
}
