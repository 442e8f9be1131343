import { externalKubeconfig, testCluster } from './cluster';
import { requireGo } from './requirements';
import { buildTools } from './tools';
import { up } from './up';

/** Whether the tests have brought the cluster up; jest runs setup and teardown in one process, but not in one module registry. */
export const BROUGHT_UP = Symbol.for('cdk8s-lifecycle/brought-up');

/** Makes sure that there is a cluster before the tests of a run; without one they fail, they are not skipped. */
export default async function setup(): Promise<void> {
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const external = externalKubeconfig();
  if (external) {
    requireGo();
    await buildTools(say);
    await testCluster();
    say(`tests run against the cluster of ${external}`);
    return;
  }
  const { state, wasUp } = await up(say);
  Reflect.set(globalThis, BROUGHT_UP, !wasUp);
  say(`tests run against the cluster of ${state.kubeconfig}${wasUp ? ', which was up' : ''}`);
}
