import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Ran } from '../cluster/cli';
import { Arrangement, Behaviour, Interference, Manifest, ToolStep, isToolStep } from './behaviour';
import { Kube } from './kube';
import { Scope, Snapshot, takeLastSnapshot, takeSnapshot } from './snapshot';
import { ToolName, Toolbox, inRun } from './tools';
import { Span } from './trace';

/** A step of the tool as it went. */
export interface DoneStep extends Span {
  readonly step: ToolStep;
  readonly ran: Ran;
  readonly seconds: number;
}

/** A behaviour as one tool has run it. */
export interface Run {
  readonly behaviour: Behaviour;
  readonly tool: ToolName;
  readonly namespaces: readonly string[];
  readonly steps: readonly DoneStep[];
  readonly left: Snapshot;
  readonly milliseconds: number;
}

/** What namespaces of runs look like. */
export const RUN_NAMESPACE = /conf-[0-9a-f]{6}/;

const NOTHING: Snapshot = { objects: [], records: [] };

function manifestsOf({ steps }: Behaviour): Manifest[] {
  return steps.flatMap((step) => (isToolStep(step) ? [...(step.chart ?? []), ...(step.flags.crds ?? [])] : [step.object]));
}

async function makeNamespace(kube: Kube, name: string): Promise<void> {
  await kube.apply({ apiVersion: 'v1', kind: 'Namespace', namespace: name, name }, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  // Without it the Job controller cannot create Pods, and tries again only after seconds.
  await until(() => kube.read({ apiVersion: 'v1', kind: 'ServiceAccount', namespace: name, name: 'default' }));
}

async function until(probe: () => Promise<unknown>): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (await probe()) return;
    await pause(50);
  }
  throw new Error('waited 30 s in vain');
}

async function arrange(kube: Kube, { does, object }: Arrangement, namespace: string): Promise<void> {
  const { apiVersion, kind, metadata } = object;
  const place = { apiVersion, kind, namespace: metadata.namespace ?? namespace, name: metadata.name };
  if (does === 'apply') return kube.apply(place, object);
  await kube.remove(place);
  await until(async () => !(await kube.read(place)));
}

/** Waits until a Job or a Pod is there, or has started, and then interferes. */
async function interfere(kube: Kube, { object, then }: Interference, namespace: string, signal: (name: NodeJS.Signals) => void): Promise<void> {
  const [kind, name] = object.split('/');
  const place = { apiVersion: kind === 'Job' ? 'batch/v1' : 'v1', kind, namespace, name };
  await until(async () => {
    const live = await kube.read<{ status?: { startTime?: string } }>(place);
    return then === 'delete' ? live : live?.status?.startTime; // what has not started is stopped in another way
  });
  if (then === 'delete') await kube.remove(place);
  else signal(then);
}

/** Runs a behaviour with one tool in namespaces of its own. */
export async function runBehaviour(behaviour: Behaviour, tool: ToolName, kube: Kube, toolbox: Toolbox): Promise<Run> {
  const begun = Date.now();
  const namespace = `conf-${randomBytes(3).toString('hex')}`;
  const others = (behaviour.alsoNamespaces ?? []).map((suffix) => `${namespace}-${suffix}`);
  const creates = behaviour.steps.some((step) => isToolStep(step) && step.flags.createNamespace);
  await Promise.all([...(creates ? [] : [namespace]), ...others].map((name) => makeNamespace(kube, name)));
  const scope: Scope = { namespaces: [namespace, ...others], kinds: inRun(manifestsOf(behaviour), namespace) };
  const steps: DoneStep[] = [];
  let before = NOTHING;
  for (const step of behaviour.steps) {
    if (!isToolStep(step)) {
      await arrange(kube, inRun(step, namespace), namespace);
      before = await takeSnapshot(kube, scope);
      continue;
    }
    const from = new Date().toISOString();
    const { onceRuns } = step.flags;
    const started = Date.now();
    const ran = await toolbox.run(tool, step, namespace, onceRuns && ((signal) => interfere(kube, onceRuns, namespace, signal)));
    const seconds = (Date.now() - started) / 1000;
    const after = await takeSnapshot(kube, scope);
    steps.push({ step, ran, seconds, from, before, after });
    before = after;
  }
  const left = await takeLastSnapshot(kube, scope);
  return { behaviour, tool, namespaces: scope.namespaces, steps, left, milliseconds: Date.now() - begun };
}
