import teardownCluster from '../cluster/global-teardown';
import { removePlugins } from './plugin-folder';

/** Removes what the setup of this run has made. */
export default async function teardown(): Promise<void> {
  removePlugins();
  await teardownCluster();
}
