import { Behaviour } from './behaviour';
import { Kube } from './kube';
import { Report, reportOf } from './report';
import { Run, runBehaviour } from './run';
import { TOOLS, ToolName, Toolbox, USER_AGENTS } from './tools';
import { auditTrail } from '../cluster/audit';
import { kubectl } from '../cluster/kubectl';

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

async function runAll(behaviours: readonly Behaviour[], results: Map<string, Result>): Promise<Run[]> {
  const [kube, toolbox] = [await Kube.start(), await Toolbox.open()];
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
    kube.stop();
    toolbox.close();
  }
}

async function cleanUp(runs: readonly Run[]): Promise<void> {
  const names = runs.flatMap(({ namespaces, left }) => [...namespaces, ...left.objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name)]);
  const clusterWide = runs.flatMap(({ left }) => left.objects.filter(({ kind, metadata }) => kind !== 'Namespace' && !metadata.namespace));
  const objects = clusterWide.map(({ kind, metadata }) => `${kind.toLowerCase()}/${metadata.name}`);
  if (objects.length > 0) await kubectl(['delete', ...objects, '--wait=false', '--ignore-not-found']);
  await kubectl(['delete', 'namespace', ...names, '--wait=false', '--ignore-not-found']);
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
  const since = new Date();
  const results = new Map<string, Result>();
  const runs = await runAll(behaviours, results);
  const trail = await auditTrail({ since });
  for (const run of runs) {
    const { behaviour, tool, namespaces: [namespace] } = run;
    const own = trail.filter(({ uri, name = '', requestObject, userAgent }) =>
      userAgent.startsWith(USER_AGENTS[tool]) && (uri.includes(namespace) || name.includes(namespace) || JSON.stringify(requestObject ?? '').includes(namespace)));
    const before = results.get(behaviour.id);
    if (before?.error !== undefined) continue;
    const reports = { ...before?.reports, [tool]: reportOf(run, own) } as Reports;
    results.set(behaviour.id, { runs: [...(before?.runs ?? []), run], reports });
  }
  await cleanUp(runs);
  return results;
}
