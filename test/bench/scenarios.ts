import { withNamespace } from '../cluster/namespace';
import { Manifest } from '../conformance/behaviour';
import { configMap, hook } from '../conformance/manifests';
import { install } from '../conformance/steps';
import { ToolName, Toolbox } from '../conformance/tools';

/** Something that takes time, done once by one tool. */
export interface Scenario {
  readonly name: string;
  /** Does it, and returns how many milliseconds it took. */
  readonly measure: (tool: ToolName, toolbox: Toolbox) => Promise<number>;
}

/** How long a process took, from its start to its end. It must have succeeded: what fails early is not fast. */
async function timed(run: () => ReturnType<Toolbox['run']>): Promise<number> {
  const started = performance.now();
  const { code, stdout, stderr } = await run();
  const milliseconds = performance.now() - started;
  if (code !== 0) throw new Error(`exit ${code}\n${stdout}\n${stderr}`);
  return milliseconds;
}

/** An install into a namespace of its own, which is made and deleted outside of the time. */
function installing(name: string, chart: readonly Manifest[]): Scenario {
  const step = install(chart, { raw: true, timeout: '120s' });
  return { name, measure: (tool, toolbox) => withNamespace('bench', (namespace) => timed(() => toolbox.run(tool, step, namespace))) };
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

/** Jobs whose Pods end at once on the fake node: what is left is the work of the tool and of the Job controller. */
export const HOOK_CHAIN = installing('a chain of ten no-op hooks', [
  configMap('settings'),
  ...numbers(10).map((index) => hook(`step-${index}`, { on: 'pre-install', weight: String(index) })),
]);

const RESOURCES = installing('50 resources, no hooks', numbers(50).map((index) => configMap(`settings-${index}`)));

const VERSION: Scenario = { name: 'start-up: the version', measure: (tool, toolbox) => timed(() => toolbox.version(tool)) };

export const SCENARIOS: readonly Scenario[] = [HOOK_CHAIN, RESOURCES, VERSION];
