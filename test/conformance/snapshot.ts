import { setTimeout as pause } from 'node:timers/promises';
import { Manifest } from './behaviour';
import { Kube, isKnown, isNamespaced } from './kube';
import { HOLDS } from './manifests';
import { RecordedRelease, decode } from './records';

/** An object as it is in the cluster. */
export interface LiveObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
    readonly finalizers?: readonly string[];
    readonly ownerReferences?: readonly unknown[];
  };
  readonly [field: string]: unknown;
}

/** What is in the namespaces of a run at one moment. */
export interface Snapshot {
  readonly objects: readonly LiveObject[];
  readonly records: readonly RecordedRelease[];
}

/** Where to look. */
export interface Scope {
  /** The namespaces of the run, that of the release first. */
  readonly namespaces: readonly string[];
  /** A manifest of every kind that matters. */
  readonly kinds: readonly Manifest[];
}

const RECORD = 'helm.sh/release.v1';
const EVERYWHERE = [
  { apiVersion: 'v1', kind: 'ConfigMap' },
  { apiVersion: 'v1', kind: 'Secret' },
  { apiVersion: 'batch/v1', kind: 'Job' },
];

/** Objects that nobody of the run has made: those of every namespace, and what controllers make for others. */
function isOwn({ kind, metadata }: LiveObject, [namespace]: readonly string[]): boolean {
  if (metadata.ownerReferences?.length) return false;
  if (kind === 'ConfigMap') return metadata.name !== 'kube-root-ca.crt';
  if (kind === 'ServiceAccount') return metadata.name !== 'default';
  return isNamespaced(kind) || (metadata.name.includes(namespace) && metadata.name !== namespace);
}

async function listAll(kube: Kube, { namespaces, kinds }: Scope): Promise<LiveObject[]> {
  const wanted = new Map([...EVERYWHERE, ...kinds].map(({ apiVersion, kind }) => [kind, { apiVersion, kind }]));
  const queries = [...wanted.values()].filter(({ kind }) => isKnown(kind)).flatMap(({ apiVersion, kind }) =>
    (isNamespaced(kind) ? namespaces : namespaces.slice(0, 1)).map(async (namespace) => {
      const list = await kube.read<{ items: LiveObject[] }>({ apiVersion, kind, namespace });
      return (list?.items ?? []).map((item) => ({ ...item, apiVersion, kind }));
    }),
  );
  return (await Promise.all(queries)).flat();
}

/** Looks at everything that a run may have left. */
export async function takeSnapshot(kube: Kube, scope: Scope): Promise<Snapshot> {
  const all = await listAll(kube, scope);
  const records = all.filter(({ type }) => type === RECORD).map(({ data }) => decode((data as { release: string }).release));
  const objects = all.filter((object) => object.type !== RECORD && isOwn(object, scope.namespaces));
  return { objects, records: [...records].sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)) || a.version - b.version) };
}

const PATIENCE = 100;

function isOnItsWay({ kind, metadata, spec, status }: LiveObject): boolean {
  if (metadata.deletionTimestamp) return !metadata.finalizers?.includes(HOLDS);
  if (kind !== 'Job') return false;
  const { activeDeadlineSeconds, ttlSecondsAfterFinished } = spec as Readonly<Record<string, number | undefined>>;
  const hasVerdict = Boolean((status as { conditions?: readonly unknown[] }).conditions?.length);
  return hasVerdict ? ttlSecondsAfterFinished === 0 : activeDeadlineSeconds === 1;
}

/** Looks once what is being deleted or has outlived its time is gone, and what was stopped has stopped; what a finalizer holds stays. */
export async function takeLastSnapshot(kube: Kube, scope: Scope): Promise<Snapshot> {
  for (let attempt = 0; ; attempt += 1) {
    const snapshot = await takeSnapshot(kube, scope);
    if (!snapshot.objects.some(isOnItsWay) || attempt === PATIENCE) return snapshot;
    await pause(100);
  }
}
