import { Chart } from 'cdk8s';
import { BackupHook, DeletePolicy, HookEvent } from 'cdk8s-lifecycle';
import { PersistentVolumeClaim } from 'cdk8s-plus-27';
import { database } from './database';

/** "Backup Hook (Pre-Upgrade)": a Job for each revision, which is deleted when it has succeeded. Helm fills in the revision. */
export function addBackup(chart: Chart): BackupHook {
  const backup = new BackupHook(chart, 'backup', {
    name: 'webapp-backup-{{ .Release.Revision }}',
    on: [HookEvent.PRE_UPGRADE],
    weight: -1,
    deletePolicies: [DeletePolicy.HOOK_SUCCEEDED],
    database: database(chart),
    destination: PersistentVolumeClaim.fromClaimName(chart, 'claim', 'backup-pvc'),
  });
  backup.job.metadata.addAnnotation('cdk8s-lifecycle/lint-ignore', 'no-before-hook-creation: its name is another one with every revision');
  return backup;
}
