import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Manifest } from '../../conformance/behaviour';
import { Kube } from '../../conformance/kube';
import { hook } from '../../conformance/manifests';
import { RecordedRelease, decode } from '../../conformance/records';
import { LiveObject } from '../../conformance/snapshot';
import { resourcesOf } from '../sequences/chart';
import { expectedContent, liveContent } from '../sequences/content';

/** What is done to the release while something goes wrong. */
export type OperationName = 'install' | 'upgrade' | 'rollback' | 'uninstall';

/** The two hooks of every operation. */
function hooks(runsFor?: string): Manifest[] {
  return [
    hook('before', { on: 'pre-install,pre-upgrade,pre-rollback,pre-delete', runsFor }),
    hook('after', { on: 'post-install,post-upgrade,post-rollback,post-delete' }),
  ];
}

/** Long enough that the hook still runs when the lock of a killed process has expired, which takes 15 s. */
const SLOW = '30s';

/** The versions of the release; the slow one is version 2 with a hook that takes its time. */
const FILES: Readonly<Record<string, readonly Manifest[]>> = {
  'v1': [...resourcesOf(1), ...hooks()],
  'v2': [...resourcesOf(2), ...hooks()],
  'v2-slow': [...resourcesOf(2), ...hooks(SLOW)],
};

/** The folder of the manifests. */
export class Manifests {
  readonly #folder = mkdtempSync(join(tmpdir(), 'faults-'));

  constructor() {
    for (const [name, objects] of Object.entries(FILES)) writeFileSync(this.file(name), objects.map((each) => JSON.stringify(each)).join('\n---\n'));
  }

  file(name: string): string {
    return join(this.#folder, `${name}.yaml`);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }
}

/** The operations that come before one, so that it has something to do. */
export const BEFORE: Readonly<Record<OperationName, readonly OperationName[]>> = {
  install: [],
  upgrade: ['install'],
  rollback: ['install', 'upgrade'],
  uninstall: ['install', 'upgrade'],
};

/** The arguments of an operation; each may be given again after it has failed halfway, as a pipeline would. */
export function argumentsOf(operation: OperationName, manifests: Manifests, slow = false): string[] {
  switch (operation) {
    case 'install':
      return ['upgrade', '--install', 'web', manifests.file('v1')];
    case 'upgrade':
      return ['upgrade', 'web', manifests.file(slow ? 'v2-slow' : 'v2')];
    case 'rollback':
      return ['rollback', 'web', '1'];
    case 'uninstall':
      return ['uninstall', 'web'];
  }
}

/** The resources that an operation should leave. */
export function expectedAfter(operation: OperationName, namespace: string): Record<string, unknown> {
  if (operation === 'uninstall') return {};
  return expectedContent(resourcesOf(operation === 'upgrade' ? 2 : 1), namespace);
}

interface JobStatus {
  readonly conditions?: readonly { readonly type: string; readonly status: string }[];
}

/** What is to be seen in the namespace. */
export interface Sight {
  readonly objects: Readonly<Record<string, unknown>>;
  readonly records: readonly RecordedRelease[];
  readonly leases: readonly string[];
  readonly journals: readonly string[];
  /** How the Jobs of the hooks ended, by name: Kubernetes' own word. */
  readonly jobs: Readonly<Record<string, 'Complete' | 'Failed' | 'running'>>;
}

const KINDS = ['ConfigMap', 'Service', 'Secret', 'Deployment:apps/v1', 'Job:batch/v1', 'Lease:coordination.k8s.io/v1'];

/** Kubernetes' word on a Job. */
export function verdictOf(status: unknown): 'Complete' | 'Failed' | 'running' {
  const { conditions = [] } = (status ?? {}) as JobStatus;
  // The first of these pairs is final: Kubernetes adds the second once the Pods are gone.
  const holds = (...types: readonly string[]) => conditions.some(({ type, status: value }) => types.includes(type) && value === 'True');
  return holds('SuccessCriteriaMet', 'Complete') ? 'Complete' : holds('FailureTarget', 'Failed') ? 'Failed' : 'running';
}

/** Looks at a namespace, independently of the code under test. */
export async function look(kube: Kube, namespace: string): Promise<Sight> {
  const lists = KINDS.map(async (each) => {
    const [kind, apiVersion = 'v1'] = each.split(':');
    const list = await kube.read<{ readonly items: readonly LiveObject[] }>({ apiVersion, kind, namespace });
    return (list?.items ?? []).map((item): LiveObject => ({ ...item, apiVersion, kind }));
  });
  const all = (await Promise.all(lists)).flat();
  const names = (kind: string) => all.filter((each) => each.kind === kind && each.metadata.name.startsWith('cdk8s-lifecycle.')).map(({ metadata }) => metadata.name);
  const records = all.filter(({ type }) => type === 'helm.sh/release.v1').map(({ data }) => decode((data as { readonly release: string }).release));
  return {
    objects: liveContent(all, namespace),
    records: records.sort((a, b) => a.version - b.version),
    leases: names('Lease'),
    journals: names('Secret'),
    jobs: Object.fromEntries(all.filter(({ kind }) => kind === 'Job').map((job) => [job.metadata.name, verdictOf(job.status)])),
  };
}

/** Looks again until the garbage collector has been: it takes the journals of deleted records. */
export async function lookUntil(kube: Kube, namespace: string, isSettled: (sight: Sight) => boolean): Promise<Sight> {
  for (let attempt = 0; ; attempt += 1) {
    const sight = await look(kube, namespace);
    if (attempt === 150 || isSettled(sight)) return sight;
    await pause(200);
  }
}
