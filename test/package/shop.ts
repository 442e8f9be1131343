import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { BackupHook, Database, DeletePolicy, HealthCheckHook, HelmHook, HookEvent, Migration, MigrationHook, WaitFor } from '../../src';
import { ROOT, run } from './packed';

/* A shop in every language that is compiled: go/main.go and java/Shop.java say the same as this. */

/** Where synth is told to write, and the runtime of jsii not to warn about its Node. */
export function environment(CDK8S_OUTDIR: string): Readonly<Record<string, string>> {
  return { CDK8S_OUTDIR, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };
}

/**
 * Generates the packages of a language: ours, and those of constructs, cdk8s and cdk8s-plus-27 from the assemblies that their authors make theirs of. So they
 * are of the versions in package-lock.json, whether a registry has these or not.
 */
export function generate(language: 'go' | 'java', folder: string): void {
  const packages = ['constructs', 'cdk8s', 'cdk8s-plus-27'].map((name) => join(ROOT, 'node_modules', name));
  const pacmak = [require.resolve('jsii-pacmak/bin/jsii-pacmak'), '--code-only', '--no-npmignore', '--target', language, '--outdir', folder];
  run(process.execPath, [...pacmak, ...packages, ROOT], { cwd: ROOT, env: environment(folder) });
}

/** What a program synthesizes for the shop into a folder. */
export function synthesized(folder: string, program: (outdir: string) => void): string {
  mkdirSync(folder);
  program(folder);
  return readFileSync(join(folder, 'shop.k8s.yaml'), 'utf8');
}

/** The shop in TypeScript. */
export function shop(outdir: string): void {
  const app = new App({ outdir });
  const chart = new Chart(app, 'shop');

  const login = kplus.Secret.fromSecretName(chart, 'login', 'shop-db');
  const postgres = Database.postgres({ host: 'postgres', name: 'shop', user: 'shop', password: { secret: login, key: 'password' } });
  const destination = kplus.PersistentVolumeClaim.fromClaimName(chart, 'dumps', 'shop-dumps');
  const backup = new BackupHook(chart, 'backup', { database: postgres, destination, keep: 14 });
  const migrate = new MigrationHook(chart, 'migrate', {
    image: 'shop:2.4.0',
    database: postgres,
    tool: Migration.alembic({ path: '/app/alembic.ini' }),
    timeout: Duration.minutes(3),
    waitFor: [WaitFor.postgres(postgres)],
    env: { LOG_LEVEL: kplus.EnvValue.fromValue('debug') },
  });
  migrate.protectedBy(backup);

  new HealthCheckHook(chart, 'healthy', { tcp: { host: 'shop', port: 8080 }, on: [HookEvent.POST_UPGRADE] });
  const settings = new kplus.ConfigMap(chart, 'settings', { data: { colour: 'blue' } });
  settings.with(HelmHook.preUpgrade({ deletePolicies: [DeletePolicy.BEFORE_HOOK_CREATION, DeletePolicy.HOOK_SUCCEEDED], weight: -5 }));

  app.synth();
}
