import { SimulatedClusterProps } from '../../../src/cluster/simulated';
import { KubeObject } from '../../../src/vocabulary';
import { configMap, job, withMetadata } from '../../release/manifests';
import { Options, Run, Shop } from '../harness';

/** Lets a hook run in any case. */
export const always = (hook: KubeObject) => withMetadata(hook, { annotations: { 'cdk8s-lifecycle/always': 'true' } });
/** Says after which hooks one runs. */
export const after = (hook: KubeObject, names: string) => withMetadata(hook, { annotations: { 'cdk8s-lifecycle/after': names } });

/** Runs only after a failure. */
export const NOTIFY = job('notify', { on: 'on-failure' });
/** Runs in any case. */
export const PAGE_DOWN = always(job('page-down', { on: 'post-install,post-upgrade,post-rollback,post-delete', weight: 9 }));
/** Runs before an upgrade. */
export const MIGRATE = job('migrate', { on: 'pre-upgrade' });
/** Runs after an upgrade that has gone well so far. */
export const WARM = job('warm', { on: 'post-upgrade' });

/** What happens in a Job that fails. */
export const FAILS = { exitCode: 1 };

/** The story without the objects of earlier runs, which go before a hook is created. */
export const told = ({ story }: Run) => story.filter((line) => !/waits: the Job of its last run|deleted by before-hook-creation/.test(line));

/** What is told of hooks. */
export const hooks = (run: Run) => told(run).filter((line) => /^((pre|post|on)-|test )/.test(line));

/** An upgrade of what was installed before with one ConfigMap. */
export async function upgraded(jobs: SimulatedClusterProps['jobs'], objects: readonly KubeObject[], options: Options = {}): Promise<Run & { readonly shop: Shop }> {
  const shop = await Shop.open({ jobs });
  await shop.install([configMap('settings')]);
  return { ...(await shop.upgrade([...objects, configMap('settings', { version: '2' })], options)), shop };
}
