import { writeFileSync } from 'node:fs';
import { AuditRecord } from '../cluster/audit';
import { AuditLog } from './audit-log';
import { Behaviour } from './behaviour';
import { Kube } from './kube';
import { HOLDS } from './manifests';
import { Report, reportOf } from './report';
import { RUN_NAMESPACE, Run, runBehaviour } from './run';
import { TOOLS, ToolName, Toolbox, USER_AGENTS } from './tools';

/** The reports of one behaviour by tool; nothing where our command line cannot do it yet. */
export type Reports = Readonly<Record<ToolName, Report>>;

/** How many runs go on at the same time: most of a run is waiting for Jobs. */
const LANES = Number(process.env.CONFORMANCE_LANES || 10);

async function inLanes<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const lane = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

async function runAll(behaviours: readonly Behaviour[], kube: Kube, results: Map<string, Result>): Promise<Run[]> {
  const toolbox = await Toolbox.open();
  try {
    const ready = await Promise.all(behaviours.map(async (behaviour) => ((await toolbox.supports(behaviour)) ? [behaviour] : [])));
    const pairs = ready.flat().flatMap((behaviour) => TOOLS.map((tool) => ({ behaviour, tool })));
    const runs: Run[] = [];
    await inLanes(pairs, async ({ behaviour, tool }) => {
      try {
        runs.push(await runBehaviour(behaviour, tool, kube, toolbox));
      } catch (error) {
        results.set(behaviour.id, { runs: [], error });
      }
    });
    return runs;
  } finally {
    toolbox.close();
  }
}

/** Deletes what the runs have left, all of it in the background. */
async function cleanUp(kube: Kube, runs: readonly Run[]): Promise<void> {
  const places = runs.flatMap(({ namespaces, left }) => [
    ...left.objects.map(({ apiVersion, kind, metadata: { namespace = '', name, finalizers = [] } }) => ({ apiVersion, kind, namespace, name, finalizers })),
    ...namespaces.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', namespace: '', name, finalizers: [] })),
  ]);
  await inLanes(places, async ({ finalizers, ...place }) => {
    if (finalizers.includes(HOLDS)) await kube.release(place);
    else if (!place.namespace) await kube.remove(place);
  });
}

/** Most lines are of the cluster's own parts, and need not be parsed. */
function isOfTool(line: string): boolean {
  return RUN_NAMESPACE.test(line) && Object.values(USER_AGENTS).some((agent) => line.includes(`"userAgent":"${agent}`));
}

/** The requests of each run: all of them name its namespace, those for objects without a namespace in the object's name. */
function byNamespace(trail: readonly AuditRecord[]): Map<string, AuditRecord[]> {
  const requests = new Map<string, AuditRecord[]>();
  for (const record of trail) {
    const { metadata } = (record.requestObject ?? {}) as { readonly metadata?: { readonly name?: string } };
    const [namespace] = RUN_NAMESPACE.exec(`${record.uri} ${metadata?.name}`) ?? [];
    if (namespace) requests.set(namespace, [...(requests.get(namespace) ?? []), record]);
  }
  return requests;
}

/** What came of one behaviour. */
export interface Result {
  readonly runs: readonly Run[];
  readonly reports?: Reports;
  /** Why it could not be run. */
  readonly error?: unknown;
}

/** Runs every behaviour with every tool, and reads afterwards, once, what the API server has recorded of all of them. */
export async function runSuite(behaviours: readonly Behaviour[]): Promise<Map<string, Result>> {
  const log = await AuditLog.fromNowOn();
  const results = new Map<string, Result>();
  const kube = await Kube.start();
  try {
    const runs = await runAll(behaviours, kube, results);
    const trail = byNamespace(await log.read(isOfTool));
    for (const run of runs) {
      const { behaviour, tool, namespaces: [namespace] } = run;
      const before = results.get(behaviour.id);
      if (before?.error !== undefined) continue;
      const own = (trail.get(namespace) ?? []).filter(({ userAgent }) => userAgent.startsWith(USER_AGENTS[tool]));
      const reports = { ...before?.reports, [tool]: reportOf(run, own) } as Reports;
      results.set(behaviour.id, { runs: [...(before?.runs ?? []), run], reports });
    }
    await cleanUp(kube, runs);
    return results;
  } finally {
    kube.stop();
  }
}

/** Writes the reports to the file that CONFORMANCE_REPORTS names, for whoever wants to know more than the table says. */
export function keepReports(results: ReadonlyMap<string, Result>): void {
  const file = process.env.CONFORMANCE_REPORTS;
  if (!file) return;
  const entries = [...results].map(([id, { runs, reports, error }]) => {
    const ran = Object.fromEntries(runs.map(({ tool, milliseconds, steps }) => [tool, { milliseconds, steps: steps.map((step) => step.ran) }]));
    return { id, reports, ran, error: error === undefined ? undefined : String(error) };
  });
  writeFileSync(file, JSON.stringify(entries, undefined, 1));
}
