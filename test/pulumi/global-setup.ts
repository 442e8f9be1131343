import setupCluster from '../cluster/global-setup';
import { makePlugins } from './plugin-folder';
import { buildPulumi } from './pulumi-cli';

/** Makes sure that there are a cluster, Pulumi's command line and its plugins before the tests of a run. */
export default async function setup(): Promise<void> {
  await setupCluster();
  await buildPulumi((line) => void process.stderr.write(`${line}\n`));
  await makePlugins();
}
