import { Cluster } from '../../cluster';
import { History, lastOf, recordedHooks } from '../../release';
import { settingsOf } from '../plan';
import { Outlook, foresee } from './foresee';
import { Need } from './need';
import { leftoverNeeds, releaseNeeds, stopNeeds } from './needs';
import { Permission, distinct } from './permission';
import { permissionsOf, resolve } from './resolve';

const LEFT = 'a hook that an operation left running when it died cannot be stopped by the next, which refuses to begin before it has ended';

/** What it takes to go on after an operation that may die at any hook of the last revision. */
function recoveryNeeds(history: History): Need[] {
  const last = lastOf(history);
  const hooks = last ? recordedHooks(last) : [];
  return hooks.flatMap(({ ref }) => stopNeeds(ref)).map((need) => ({ otherwise: LEFT, ...need }));
}

/** An uninstall cleans up after the hooks of every revision. */
function cleanUpNeeds({ operations, history, options }: Outlook): Need[] {
  if (!operations.includes('uninstall')) return [];
  return leftoverNeeds(history.flatMap(({ record }) => recordedHooks(record)), settingsOf(options));
}

/** Everything that operations on a release take, whenever they come: on what it is now, on what it will be, and after one that died. */
export async function releasePermissions(outlook: Outlook, cluster: Pick<Cluster, 'kind'>): Promise<Permission[]> {
  const { history, options } = outlook;
  const needs = [...releaseNeeds(options), ...recoveryNeeds(history), ...cleanUpNeeds(outlook)];
  const base = await resolve(needs, cluster, options.namespace);
  const planned: Permission[] = [];
  for (const plan of foresee(outlook)) planned.push(...(await permissionsOf(plan, cluster)));
  return distinct([...base, ...planned]);
}
