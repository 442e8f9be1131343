import { Chart } from 'cdk8s';
import { BackupHook, DeletePolicy, HookEvent } from 'cdk8s-lifecycle';
import { EnvValue, PersistentVolumeClaim, Volume } from 'cdk8s-plus-27';
import { HOST, NAME, password } from './database';

/** A dump that is not whole keeps its temporary name, and a command that fails ends the script. In the guide an empty file would do. */
const DUMP = `set -eu
dump=/backup/backup-$(date -u +%Y%m%d-%H%M%S).sql
pg_dump --host="$DB_HOST" --username=postgres --file="$dump.partial" "$DB_NAME"
mv "$dump.partial" "$dump"
`;

/** "Backup Hook (Pre-Upgrade)": a Job for each revision, which is deleted when it has succeeded. Helm fills in the revision. */
export function addBackup(chart: Chart): BackupHook {
  const claim = PersistentVolumeClaim.fromClaimName(chart, 'claim', 'backup-pvc');
  return new BackupHook(chart, 'backup', {
    name: 'webapp-backup-{{ .Release.Revision }}',
    on: [HookEvent.PRE_UPGRADE],
    weight: -1,
    deletePolicies: [DeletePolicy.HOOK_SUCCEEDED],
    image: 'docker.io/library/postgres:13',
    user: 999,
    command: ['/bin/bash', '-c', DUMP],
    env: { DB_HOST: EnvValue.fromValue(HOST), DB_NAME: EnvValue.fromValue(NAME), PGPASSWORD: password(chart) },
    volumes: [{ path: '/backup', volume: Volume.fromPersistentVolumeClaim(chart, 'backups', claim, { name: 'backup-storage' }) }],
  });
}
