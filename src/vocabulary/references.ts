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

/** What is inside of the Pod: its processes can see it. */
function within(spec: PodSpec): Found[] {
  return [...containersOf(spec).flatMap(ofContainer), ...mapsOf(spec.volumes).flatMap(ofVolume)];
}

function ofPodSpec(spec: PodSpec): Found[] {
  return [...within(spec), ...ofPullSecrets(spec.imagePullSecrets), ['ServiceAccount', spec.serviceAccountName ?? spec.serviceAccount]];
}

/** Each once; an object that is needed in one place is needed. */
function distinct(found: readonly Found[]): Reference[] {
  const byName = new Map<string, Reference>();
  for (const [kind, name, optional] of found) {
    if (typeof name !== 'string' || name === '') continue;
    const key = `${kind}/${name}`;
    const known = byName.get(key);
    byName.set(key, { kind, name, optional: isOptional(optional) && (known?.optional ?? true) });
  }
  return [...byName.values()];
}

/** What the Pods of an object use by its name, each once. */
export function references(object: KubeObject): Reference[] {
  const account = object.kind === 'ServiceAccount' ? ofPullSecrets(object.imagePullSecrets as readonly Named[] | undefined) : [];
  return distinct([...podSpecsOf(object).flatMap(ofPodSpec), ...account]);
}

/** The ConfigMaps and Secrets that the processes of an object's Pods can see, each once: not those that only their images are pulled with. */
export function contentReferences(object: KubeObject): Reference[] {
  return distinct(podSpecsOf(object).flatMap(within)).filter(({ kind }) => kind === 'ConfigMap' || kind === 'Secret');
}
