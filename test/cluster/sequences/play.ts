import { setTimeout as pause } from 'node:timers/promises';
import { ToolStep } from '../../conformance/behaviour';
import { Kube, kindOfPlural } from '../../conformance/kube';
import { decode } from '../../conformance/records';
import { LiveObject } from '../../conformance/snapshot';
import { install, rollback, uninstall, upgrade } from '../../conformance/steps';
import { Toolbox, USER_AGENTS } from '../../conformance/tools';
import { AuditRecord } from '../audit';
import { withNamespace } from '../namespace';
import { chartOf, versionOf } from './chart';
import { liveContent } from './content';
import { HOOK_NAMES, Seen, Sequence } from './life';

/** A sequence as it went; which hooks ran, the audit log tells afterwards. */
export interface Played {
  readonly sequence: Sequence;
  readonly namespace: string;
  readonly steps: readonly (Omit<Seen, 'hooks'> & { readonly from: string })[];
}

const RAW = { raw: true, timeout: '60s' };
const STEPS: readonly ToolStep[] = [install(chartOf(1), RAW), upgrade(chartOf(2), RAW), rollback(1, RAW), uninstall(RAW)];

/** Where something of the release, of a tool or of a hook may be left. */
const KINDS = [
  { apiVersion: 'v1', kind: 'ConfigMap' },
  { apiVersion: 'v1', kind: 'Secret' },
  { apiVersion: 'v1', kind: 'Service' },
  { apiVersion: 'v1', kind: 'Pod' },
  { apiVersion: 'apps/v1', kind: 'Deployment' },
  { apiVersion: 'batch/v1', kind: 'Job' },
  { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease' },
];

const RECORD = 'helm.sh/release.v1';

async function listAll(kube: Kube, namespace: string): Promise<LiveObject[]> {
  const lists = KINDS.map(async (kind) => {
    const list = await kube.read<{ readonly items: readonly LiveObject[] }>({ ...kind, namespace });
    return (list?.items ?? []).map((item) => ({ ...item, ...kind }));
  });
  return (await Promise.all(lists)).flat().filter(({ metadata }) => metadata.name !== 'kube-root-ca.crt');
}

function recordLine({ data }: LiveObject): string {
  const { version, info } = decode((data as { readonly release: string }).release);
  return `${version} ${info.status}: ${info.description}`;
}

/** Journals go with the records that own them, and Pods with their Jobs: they are nobody's leftovers as long as those are there. */
function isOwned({ metadata }: LiveObject, objects: readonly LiveObject[]): boolean {
  const owners = (metadata.ownerReferences ?? []) as readonly { readonly uid: string }[];
  return owners.some(({ uid }) => objects.some((object) => object.metadata.uid === uid));
}

async function look(kube: Kube, namespace: string): Promise<Pick<Seen, 'records' | 'objects' | 'others'>> {
  const all = await listAll(kube, namespace);
  const objects = liveContent(all, namespace);
  const others = all.filter((object) => object.type !== RECORD && !isOwned(object, all)).map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  return {
    records: all.filter(({ type }) => type === RECORD).map(recordLine).sort(),
    objects,
    others: others.filter((name) => !(name in objects)).sort(),
  };
}

/** Looks again until what is deleted in the background is gone. */
async function settle(kube: Kube, namespace: string): Promise<ReturnType<typeof look>> {
  const isNote = (name: string) => name.startsWith('ConfigMap/');
  for (let attempt = 0; ; attempt += 1) {
    const found = await look(kube, namespace);
    if (attempt === 100 || found.others.every(isNote)) return found;
    await pause(200);
  }
}

/** Plays a sequence in a namespace of its own. */
export function play(sequence: Sequence, kube: Kube, toolbox: Toolbox): Promise<Played> {
  return withNamespace('seq', async (namespace) => {
    const steps: Played['steps'][number][] = [];
    for (const [index, tool] of sequence.entries()) {
      const from = new Date().toISOString();
      const { code, stderr, stdout } = await toolbox.run(tool, STEPS[index], namespace);
      steps.push({ from, exit: code, said: code === 0 ? '' : `${stdout}${stderr}`, ...(await settle(kube, namespace)) });
    }
    return { sequence, namespace, steps };
  });
}

/** What the steps have shown, with the hooks that the API server has seen them create. */
export function seen({ sequence, steps }: Played, requests: readonly AuditRecord[]): Seen[] {
  return steps.map(({ from, ...step }, index) => {
    const until = steps.at(index + 1)?.from ?? '~';
    const isOfStep = ({ time, userAgent }: AuditRecord) => time >= from && time < until && userAgent.startsWith(USER_AGENTS[sequence[index]]);
    const created = requests.filter((request) => request.code === 201 && isOfStep(request));
    const hooks = created.flatMap(({ resource, name, requestObject }) => {
      const hook = name ?? (requestObject as LiveObject).metadata.name;
      return HOOK_NAMES.has(hook) ? [`${kindOfPlural(resource)}/${hook} of version ${versionOf(requestObject)}`] : [];
    });
    return { ...step, hooks };
  });
}
