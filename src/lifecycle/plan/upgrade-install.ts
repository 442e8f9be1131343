import { History, ReleaseContent, lastOf } from '../../release';
import { planInstall } from './install';
import { Plan } from './plan';
import { PlanOptions } from './plan-options';
import { planUpgrade } from './upgrade';

/** An upgrade where there is a release, else an install: `upgrade --install`. A first install that failed is upgraded, as Helm does it. */
export function planUpgradeOrInstall(history: History, content: ReleaseContent, options: PlanOptions): Plan {
  const last = lastOf(history);
  return last === undefined || last.info.status === 'uninstalled' ? planInstall(history, content, { ...options, replace: true }) : planUpgrade(history, content, options);
}
