import { auditTrail } from '../cluster/audit';
import { kubectl } from '../cluster/kubectl';
import { Behaviour } from './behaviour';
import { Kube } from './kube';
import { Report, reportOf } from './report';
import { Run, runBehaviour } from './run';
import { TOOLS, ToolName, Toolbox, USER_AGENTS } from './tools';

/** The reports of one behaviour by tool; nothing where our command line cannot do it yet. */
export type Reports = Readonly<Record<ToolName, Report>>;

/** How many runs go on at the same time: most of a run is waiting for Jobs. */
const LANES = Number(process.env.CONFORMANCE_LANES || 10);

async function inLanes<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = [...items.entries()];
  const lane = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) results[next[0]] = await work(next[1]);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return results;
}

async function runAll(behaviours: readonly Behaviour[]): Promise<Run[]> {
  const [kube, toolbox] = [await Kube.start(), await Toolbox.open()];
  try {
    const ready = await Promise.all(behaviours.map(async (behaviour) => ((await toolbox.supports(behaviour)) ? [behaviour] : [])));
    const runs = ready.flat().flatMap((behaviour) => TOOLS.map((tool) => ({ behaviour, tool })));
    return await inLanes(runs, ({ behaviour, tool }) => runBehaviour(behaviour, tool, kube, toolbox));
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

/** Runs every behaviour with every tool, and reads afterwards, once, what the API server has recorded of all of them. */
export async function runSuite(behaviours: readonly Behaviour[]): Promise<Map<string, { readonly runs: readonly Run[]; readonly reports: Reports }>> {
  const since = new Date();
  const runs = await runAll(behaviours);
  const trail = await auditTrail({ since });
  const results = new Map<string, { runs: Run[]; reports: Reports }>();
  for (const run of runs) {
    const { behaviour, tool, namespaces: [namespace] } = run;
    const own = trail.filter(({ uri, name = '', requestObject, userAgent }) =>
      userAgent.startsWith(USER_AGENTS[tool]) && (uri.includes(namespace) || name.includes(namespace) || JSON.stringify(requestObject ?? '').includes(namespace)));
    const before = results.get(behaviour.id) ?? { runs: [], reports: {} as Reports };
    results.set(behaviour.id, { runs: [...before.runs, run], reports: { ...before.reports, [tool]: reportOf(run, own) } });
  }
  await cleanUp(runs);
  return results;
}
