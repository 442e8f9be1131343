import { OperationName, foresee, planInstall } from '../../../src/lifecycle';
import { History, ReleaseStatus, withStatus } from '../../../src/release';
import { configMap, content } from '../../release/manifests';

const OPTIONS = { release: 'web', namespace: 'shop' };

function revision(version: number, name: string, status: ReleaseStatus): History[number] {
  const { record } = planInstall([], content(configMap(name)), OPTIONS);
  return { record: withStatus({ ...record, version }, status), labels: {} };
}

/** What each plan would apply and remove: `upgrade 2: +b -a`. */
function told(operation: OperationName, history: History, next?: string): string[] {
  const plans = foresee({ operations: [operation], history, content: next === undefined ? undefined : content(configMap(next)), options: OPTIONS });
  const names = (sign: string, steps: (typeof plans)[number]['apply' | 'remove']) => steps.map(({ resource }) => sign + resource.ref.name);
  return plans.map((plan) => [`${plan.operation} ${plan.revision}:`, ...names('+', plan.apply), ...names('-', plan.remove)].join(' '));
}

const NOW = [revision(1, 'a', 'superseded'), revision(2, 'b', 'deployed')];

test.each<[string, OperationName, History, string | undefined, string[]]>([
  ['an install needs manifests only', 'install', [], 'a', ['install 1: +a']],
  ['an upgrade comes from what is there, and then from itself', 'upgrade', NOW, 'c', ['upgrade 3: +c -b', 'upgrade 4: +c']],
  ['an upgrade of what is not there yet comes from itself', 'upgrade', [], 'a', ['upgrade 2: +a']],
  ['a rollback may go to any revision, old or new', 'rollback', NOW, 'c', ['rollback 4: +a -c', 'rollback 4: +b -c', 'rollback 4: +c']],
  ['an uninstall may come before the upgrade or after it', 'uninstall', NOW, 'c', ['uninstall 2: -b', 'uninstall 3: -c']],
  ['without manifests there is only what is there', 'uninstall', NOW, undefined, ['uninstall 2: -b']],
  ['and nothing to install', 'install', NOW, undefined, []],
  ['a revision that is pending will be a failed one', 'upgrade', [...NOW, revision(3, 'c', 'pending-upgrade')], 'd', ['upgrade 4: +d -b -c', 'upgrade 5: +d']],
])('%s', (_, operation, history, next, expected) => {
  expect(told(operation, history, next)).toEqual(expected);
});
