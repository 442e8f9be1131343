import { AuditRecord, auditTrail } from '../cluster/audit';
import { withNamespace } from '../cluster/namespace';
import { Manifest } from '../conformance/behaviour';
import { annotated, configMap, hook } from '../conformance/manifests';
import { install, upgrade } from '../conformance/steps';
import { TOOLS, ToolName, USER_AGENTS } from '../conformance/tools';
import { PLAN_4000, PLAN_19000, SYNTH } from './own-scenarios';
import { Figure, Scenario } from './scenario';
import { leftIn, timed } from './timed';

const FLAGS = { raw: true, timeout: '120s' };

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

/** What a tool has asked the API server for in a namespace. */
function requestsOf(tool: ToolName, namespace: string, since: Date): Promise<AuditRecord[]> {
  return auditTrail({ namespace, since, userAgent: USER_AGENTS[tool] });
}

/** The Jobs in the order in which they were made: helm 4 makes them by an apply, the others by a POST, whose name is in its body. */
function orderOf(requests: readonly AuditRecord[]): readonly string[] {
  const made = requests.filter(({ resource, verb }) => resource === 'jobs' && (verb === 'create' || verb === 'patch'));
  return [...new Set(made.map(({ name, requestObject }) => name ?? (requestObject as Manifest).metadata.name!))];
}

/**
 * An upgrade with hooks, in a namespace of its own.
 *
 * @param isOrdered whether the order of the hooks is Helm's
 */
function upgrading(chart: readonly Manifest[], isOrdered: boolean, figures: readonly [Figure, ...Figure[]]): Scenario {
  return {
    figures,
    tools: TOOLS,
    run: (tool, toolbox) => withNamespace('bench', async (namespace) => {
      await timed(tool, toolbox, install([configMap('settings')], FLAGS), namespace);
      const since = new Date();
      const { milliseconds } = await timed(tool, toolbox, upgrade(chart, FLAGS), namespace);
      const requests = await requestsOf(tool, namespace, since);
      const order = isOrdered ? orderOf(requests).join(', ') : '';
      return { numbers: [milliseconds, requests.length].slice(0, figures.length), left: [order, await leftIn(namespace)].join('\n') };
    }),
  };
}

/** Jobs whose Pods end at once on the fake node: what is left is the work of the tool and of the Job controller. */
export const HOOK_CHAIN = upgrading(
  [configMap('settings'), ...numbers(10).map((index) => hook(`step-${index}`, { on: 'pre-upgrade', weight: String(index) }))],
  true,
  [{ name: 'upgrade, a chain of 10 no-op hooks', unit: 'ms', target: { ofHelm4: 0.15 } }, { name: 'its API requests', unit: 'requests', target: { ofHelm4: 1 } }],
);

/** Hooks that need not wait for each other; helm does not know it. */
const INDEPENDENT = upgrading(
  [configMap('settings'), ...numbers(10).map((index) => annotated(hook(`task-${index}`, { on: 'pre-upgrade' }), { 'cdk8s-lifecycle/after': '' }))],
  false,
  [{ name: 'upgrade, 10 independent no-op hooks', unit: 'ms', target: { ofHelm4: 0.08 } }],
);

/** The Pod of a hook fails; measured is from what its kubelet says of it to the end of the tool. */
const FAILURE: Scenario = {
  figures: [{ name: 'from the failure of a Pod to the exit of the tool', unit: 'ms', target: { most: 250, ofHelm4: 0.3 } }],
  tools: TOOLS,
  run: (tool, toolbox) => withNamespace('bench', async (namespace) => {
    const { ended } = await timed(tool, toolbox, install([hook('fails', { on: 'pre-install', fails: true })], FLAGS), namespace, 1);
    const failures = (await auditTrail({ namespace })).filter(({ verb, resource, subresource, requestObject }) =>
      verb === 'patch' && resource === 'pods' && subresource === 'status' && JSON.stringify(requestObject).includes('"phase":"Failed"'));
    if (failures.length === 0) throw new Error('No Pod was said to have failed');
    return { numbers: [ended - Date.parse(failures[0].time)], left: await leftIn(namespace) };
  }),
};

const THOUSAND = (version: string) => numbers(1000).map((index) => configMap(`settings-${index}`, { version, index: String(index) }));

/** A thousand resources, installed, all changed, none changed. */
const RESOURCES: Scenario = {
  figures: [
    { name: '1,000 ConfigMaps: install', unit: 'ms', target: { ofHelm4: 0.5 } },
    { name: '1,000 ConfigMaps: change all', unit: 'ms', target: { ofHelm4: 0.5 } },
    { name: '1,000 ConfigMaps: change none', unit: 'ms', target: { ofHelm4: 0.5 } },
    { name: 'API requests of changing none', unit: 'requests', target: { ofHelm4: 1 } },
    { name: 'peak memory of changing all', unit: 'MiB', target: { ofHelm4: 1.5 } },
  ],
  tools: TOOLS,
  run: (tool, toolbox) => withNamespace('bench', async (namespace) => {
    const { milliseconds: installed } = await timed(tool, toolbox, install(THOUSAND('1'), FLAGS), namespace);
    const { milliseconds: changed, peak } = await timed(tool, toolbox, upgrade(THOUSAND('2'), FLAGS), namespace);
    const since = new Date();
    const { milliseconds: unchanged } = await timed(tool, toolbox, upgrade(THOUSAND('2'), FLAGS), namespace);
    return { numbers: [installed, changed, unchanged, (await requestsOf(tool, namespace, since)).length, peak], left: await leftIn(namespace) };
  }),
};

const START: Scenario = {
  figures: [{ name: 'start of the CLI: the version', unit: 'ms', target: { most: 150 } }],
  tools: TOOLS,
  run: async (tool, toolbox) => {
    const started = performance.now();
    const { code, stderr } = await toolbox.version(tool);
    if (code !== 0) throw new Error(stderr);
    return { numbers: [performance.now() - started], left: '' };
  },
};

export const SCENARIOS: readonly Scenario[] = [HOOK_CHAIN, INDEPENDENT, FAILURE, RESOURCES, START, PLAN_4000, PLAN_19000, SYNTH];
