import { History, revisionOf } from '../../release';
import { Plan } from './plan';
import { planRollback } from './rollback';
import { planUninstall } from './uninstall';

/**
 * What takes a failed operation back; nothing where it has not begun, or none was asked for.
 *
 * Helm prunes no history on the way back: pkg/action/upgrade.go, failRelease.
 */
export function planUndo({ onFailure, release, namespace, revision, settings }: Plan, history: History): Plan | undefined {
  if (!onFailure || revisionOf(history, revision)?.info.status !== 'failed') return undefined;
  const options = { ...settings, release, namespace, historyMax: 0, keepHistory: false };
  return onFailure.operation === 'uninstall' ? planUninstall(history, options) : planRollback(history, onFailure.to, options);
}
