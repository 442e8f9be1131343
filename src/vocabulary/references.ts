import { KubeObject } from './kube-object';
import { Container, Named, PodSpec, Volume, containersOf, mapsOf, podSpecsOf } from './pod-spec';

/** An object that the Pods of another one use; it lies in their namespace. */
export interface Reference {
  readonly kind: 'ConfigMap' | 'PersistentVolumeClaim' | 'Secret' | 'ServiceAccount';
  readonly name: string;
  /** Whether the Pods start without it. */
  readonly optional: boolean;
}

type Found = readonly [Reference['kind'], unknown, unknown?];

/** Whether a Pod may start without what it refers to; a template may still say so. */
function isOptional(optional: unknown): boolean {
  return optional === true || (typeof optional === 'string' && optional.includes('{{'));
}

const named = (kind: Reference['kind'], ref: Named | undefined): Found => [kind, ref?.name, ref?.optional];

function ofContainer({ env, envFrom }: Container): Found[] {
  return [
    ...mapsOf(env).flatMap(({ valueFrom }) => [named('Secret', valueFrom?.secretKeyRef), named('ConfigMap', valueFrom?.configMapKeyRef)]),
    ...mapsOf(envFrom).flatMap(({ secretRef, configMapRef }) => [named('Secret', secretRef), named('ConfigMap', configMapRef)]),
  ];
}

function ofVolume({ secret, configMap, persistentVolumeClaim, projected, csi }: Volume): Found[] {
  return [
    ['Secret', secret?.secretName, secret?.optional],
    named('ConfigMap', configMap),
    named('Secret', csi?.nodePublishSecretRef),
    ['PersistentVolumeClaim', persistentVolumeClaim?.claimName],
    ...mapsOf(projected?.sources).flatMap((source) => [named('Secret', source.secret), named('ConfigMap', source.configMap)]),
  ];
}

/** A Pod starts without a Secret of an image: the registry may not ask for it. */
function ofPullSecrets(secrets: readonly Named[] | undefined): Found[] {
  return mapsOf(secrets).map(({ name }) => ['Secret', name, true] as const);
}

function ofPodSpec(spec: PodSpec): Found[] {
  return [
    ...containersOf(spec).flatMap(ofContainer),
    ...mapsOf(spec.volumes).flatMap(ofVolume),
    ...ofPullSecrets(spec.imagePullSecrets),
    ['ServiceAccount', spec.serviceAccountName ?? spec.serviceAccount],
  ];
}

/** What the Pods of an object use by its name, each once; an object that is needed in one place is needed. */
export function references(object: KubeObject): Reference[] {
  const account = object.kind === 'ServiceAccount' ? ofPullSecrets(object.imagePullSecrets as readonly Named[] | undefined) : [];
  const found = new Map<string, Reference>();
  for (const [kind, name, optional] of [...podSpecsOf(object).flatMap(ofPodSpec), ...account]) {
    if (typeof name !== 'string' || name === '') continue;
    const key = `${kind}/${name}`;
    const known = found.get(key);
    found.set(key, { kind, name, optional: isOptional(optional) && (known?.optional ?? true) });
  }
  return [...found.values()];
}
