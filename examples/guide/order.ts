import { Chart } from 'cdk8s';
import { BackupHook, MigrationHook, NotificationHook, SeedHook } from 'cdk8s-lifecycle';
import { Secret } from 'cdk8s-plus-27';

/** "Hook Weights (Execution Order)": backup, migration, seed data, notification. One weight is given; the others follow from what comes after what. */
export function addOrder(chart: Chart): void {
  const image = 'registry.example.com/webapp:2.0.0';
  const backup = new BackupHook(chart, 'backup', { image, args: ['backup'] });
  const migrate = new MigrationHook(chart, 'migrate', { image, args: ['migrate'] });
  const seed = new SeedHook(chart, 'seed', { image, args: ['seed'], weight: 0 });
  const url = { secret: Secret.fromSecretName(chart, 'chat', 'slack-webhook'), key: 'url' };
  const notify = new NotificationHook(chart, 'notify', { slack: url, message: 'webapp 2.0.0 is live' });

  migrate.after(backup);
  seed.after(migrate);
  notify.after(seed);
}
