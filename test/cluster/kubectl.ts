import { testCluster } from './cluster';
import { run } from './command';
import { statePath } from './state';

/** How kubectl is run. */
export interface KubectlOptions {
  /** What it reads with `--filename=-`: text, or objects to be written as JSON. */
  readonly input?: string | readonly object[];
  readonly namespace?: string;
}

/**
 * Runs kubectl against the test cluster and returns what it printed.
 *
 * @throws an error with what it printed to standard error
 */
export async function kubectl(args: readonly string[], { input, namespace }: KubectlOptions = {}): Promise<string> {
  const { kubectl: program, kubeconfig, external } = await testCluster();
  const cache = external ? [] : ['--cache-dir', statePath('kubectl')]; // not in the home folder: it goes with the cluster
  const common = ['--kubeconfig', kubeconfig, ...cache, ...(namespace ? ['--namespace', namespace] : [])];
  return run(program, [...common, ...args], { input: typeof input === 'object' ? JSON.stringify(list(input)) : input });
}

/** Creates or changes objects. */
export async function apply(objects: readonly object[], namespace?: string): Promise<void> {
  await kubectl(['apply', '--filename=-'], { input: objects, namespace });
}

/** Reads an object such as `job/migrate`, or a list of them. */
export async function getObject<T>(what: string, namespace?: string, ...args: readonly string[]): Promise<T> {
  return JSON.parse(await kubectl(['get', what, '--output=json', ...args], { namespace })) as T;
}

function list(items: readonly object[]): object {
  return { apiVersion: 'v1', kind: 'List', items };
}
