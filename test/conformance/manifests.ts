import { FAKE_POD } from '../cluster/fake-pods';
import { Manifest } from './behaviour';

/** A finalizer that nobody removes until the suite is over. */
export const HOLDS = 'somebody.example.com/holds';

/** What makes an object a hook, as annotations. */
export interface HookOptions {
  readonly on: string;
  readonly weight?: string;
  readonly policy?: string;
  readonly logPolicy?: string;
}

/** How a Job or a Pod runs. */
export interface RunOptions {
  /** Its container exits with 1. */
  readonly fails?: boolean;
  readonly runsFor?: string;
  /** Changes the template and nothing else. */
  readonly image?: string;
}

function hookAnnotations({ on, weight, policy, logPolicy }: HookOptions): Record<string, string> {
  return {
    'helm.sh/hook': on,
    ...(weight === undefined ? {} : { 'helm.sh/hook-weight': weight }),
    ...(policy === undefined ? {} : { 'helm.sh/hook-delete-policy': policy }),
    ...(logPolicy === undefined ? {} : { 'helm.sh/hook-output-log-policy': logPolicy }),
  };
}

/** The object as a hook. */
export function hookOf(object: Manifest, options: HookOptions): Manifest {
  return annotated(object, hookAnnotations(options));
}

export function annotated(object: Manifest, annotations: Readonly<Record<string, unknown>>): Manifest {
  return { ...object, metadata: { ...object.metadata, annotations: { ...object.metadata.annotations, ...annotations } } };
}

export function inNamespace(namespace: string, object: Manifest): Manifest {
  return { ...object, metadata: { ...object.metadata, namespace } };
}

function podAnnotations({ fails = false, runsFor }: RunOptions): Record<string, string> {
  return { ...(fails ? { [FAKE_POD.exitCode]: '1' } : {}), ...(runsFor === undefined ? {} : { [FAKE_POD.runsFor]: runsFor }) };
}

function podSpec({ image = 'work:1' }: RunOptions): object {
  return { restartPolicy: 'Never', nodeName: 'fake', containers: [{ name: 'main', image }] };
}

/** A Job on the fake node. */
export function job(name: string, run: RunOptions = {}): Manifest {
  const template = { metadata: { annotations: podAnnotations(run) }, spec: podSpec(run) };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name }, spec: { backoffLimit: 0, template } };
}

/** A Pod on the fake node that ends. */
export function pod(name: string, run: RunOptions = {}): Manifest {
  return annotated({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: podSpec(run) }, podAnnotations({ runsFor: '0s', ...run }));
}

/** A Job that is a hook. */
export function hook(name: string, { fails, runsFor, image, ...options }: HookOptions & RunOptions): Manifest {
  return hookOf(job(name, { fails, runsFor, image }), options);
}

/** A hook that does not run: what its order and its policies do shows as well, and sooner. */
export function note(name: string, options: HookOptions): Manifest {
  return hookOf(configMap(name), options);
}

export function configMap(name: string, data: Readonly<Record<string, string>> = { a: '1' }): Manifest {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data };
}

export function secret(name: string): Manifest {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData: { key: 'value' } };
}

export function serviceAccount(name: string): Manifest {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name } };
}

export function service(name: string, ports: readonly number[] = [80]): Manifest {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { selector: { app: name }, ports: ports.map((port) => ({ name: `p${port}`, port })) } };
}

/** A Deployment; without replicas nothing has to start. */
export function deployment(name: string, { replicas = 0, image = 'web:1', fits = true }: { replicas?: number; image?: string; fits?: boolean } = {}): Manifest {
  const labels = { app: name };
  const spec = { ...(fits ? { nodeName: 'fake' } : { nodeSelector: { never: 'there' } }), containers: [{ name: 'main', image }] };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: { replicas, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  };
}

/** A quota; one of limits makes a namespace refuse Pods that name none. */
export function resourceQuota(name: string, hard: Readonly<Record<string, string>>): Manifest {
  return { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name }, spec: { hard } };
}

export function role(name: string): Manifest {
  return { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name }, rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] };
}

export function roleBinding(name: string): Manifest {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name: 'default' }],
  };
}

/** Objects without a namespace carry that of the run in their names. */
export function clusterRole(name = 'NAMESPACE-reader'): Manifest {
  return { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name }, rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] };
}

export function namespaceOf(name: string): Manifest {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

/** A definition of the kind Widget, in a group of the run's own. */
export function widgetDefinition(): Manifest {
  const schema = { openAPIV3Schema: { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.NAMESPACE.example.com' },
    spec: {
      group: 'NAMESPACE.example.com',
      scope: 'Namespaced',
      names: { kind: 'Widget', plural: 'widgets', singular: 'widget', listKind: 'WidgetList' },
      versions: [{ name: 'v1', served: true, storage: true, schema }],
    },
  };
}

export function widget(name: string, spec: object = { size: 1 }): Manifest {
  return { apiVersion: 'NAMESPACE.example.com/v1', kind: 'Widget', metadata: { name }, spec };
}
