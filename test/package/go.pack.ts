import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { BackupHook, Database, DeletePolicy, HealthCheckHook, HelmHook, HookEvent, Migration, MigrationHook, WaitFor } from '../../src';
import { ROOT, run, temporaryFolder } from './packed';

/*
 * The Go package as it is published: it compiles, and a program that uses it says what TypeScript says. The modules of constructs, cdk8s and cdk8s-plus-27 are
 * generated as well, from the same assemblies that their authors generate theirs from: so the versions are those of package-lock.json, released in Go or not.
 */

const folder = temporaryFolder();
const SHOP = join(folder, 'shop');
const QUIET = { JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };

beforeAll(() => {
  const modules = ['constructs', 'cdk8s', 'cdk8s-plus-27'].map((name) => join(ROOT, 'node_modules', name));
  const pacmak = [require.resolve('jsii-pacmak/bin/jsii-pacmak'), '--code-only', '--no-npmignore', '--target', 'go', '--outdir', folder];
  run(process.execPath, [...pacmak, ...modules, ROOT], { cwd: ROOT, env: QUIET });
  cpSync(join(__dirname, 'go'), SHOP, { recursive: true });
});

/** What a program synthesizes for the shop. */
function synthesized(name: string, program: (outdir: string) => void): string {
  const outdir = join(folder, name);
  mkdirSync(outdir);
  program(outdir);
  return readFileSync(join(outdir, 'shop.k8s.yaml'), 'utf8');
}

/** The shop of go/main.go. */
function shop(outdir: string): void {
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

test('the Go package compiles, and go vet finds nothing in a program that uses it', () => {
  expect(run('go', ['vet', './...', 'github.com/cdk8s-lifecycle/cdk8s-lifecycle-go/...'], { cwd: SHOP })).toBe('');
});

test('Go synthesizes the shop as TypeScript does, byte for byte', () => {
  const go = synthesized('from-go', (CDK8S_OUTDIR) => run('go', ['run', '.'], { cwd: SHOP, env: { ...QUIET, CDK8S_OUTDIR } }));
  expect(go).toBe(synthesized('from-typescript', shop));
});
