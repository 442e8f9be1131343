import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { BackupHook, Database, DatabaseSetupHook, HookEvent, MigrationHook, RestoreHook, WaitFor } from 'cdk8s-lifecycle';
import * as kplus from 'cdk8s-plus-27';
import { Ran, lifecycle, runProgram, succeeded } from './cli';
import { testCluster } from './cluster';
import { DatabaseCase, DatabaseCaseProps, createDatabaseCase } from './database-case';
import { POSTGRES_IMAGE } from './images';
import { apply } from './kubectl';
import { restrict } from './namespace';
import { waitUntil } from './wait';

/* The database constructs in real containers that the restricted Pod Security profile admits, on a real PostgreSQL, and what goes wrong there at night. */

/** A database, and releases whose hooks work on it. */
class Shop {
  static async open(props: Partial<DatabaseCaseProps> = {}): Promise<Shop> {
    const shop = new Shop(await createDatabaseCase({ prefix: 'database', role: 'shop', databases: ['shop'], ...props }));
    const { namespace } = shop.home;
    await restrict(namespace);
    const claim = { accessModes: ['ReadWriteOnce'], storageClassName: namespace, resources: { requests: { storage: '1Gi' } } };
    const secret = (name: string, password: string) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData: { password } });
    await apply([
      { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'dumps' }, spec: claim },
      secret('admin-db', shop.home.postgres.password),
      secret('wrong-db', 'wrong'),
    ], namespace);
    return shop;
  }

  private constructor(readonly home: DatabaseCase) {}

  /** Runs a command of ours. */
  async ours(...args: string[]): Promise<Ran> {
    return lifecycle([...args, '-n', this.home.namespace], { env: { KUBECONFIG: (await testCluster()).kubeconfig } });
  }

  /** Runs hooks by installing a release that has nothing else. */
  async run(release: string, hooks: (parts: Parts) => void): Promise<Ran> {
    return this.ours('install', release, this.manifests(release, hooks));
  }

  /** A file with the objects of a release. */
  manifests(release: string, hooks: (parts: Parts) => void): string {
    const file = join(this.home.folder, `${release}.yaml`);
    writeFileSync(file, this.synthesize(release, hooks));
    return file;
  }

  synthesize(release: string, hooks: (parts: Parts) => void): string {
    const app = new App();
    const chart = new Chart(app, release, { disableResourceNameHashes: true });
    const claim = kplus.PersistentVolumeClaim.fromClaimName(chart, 'claim', 'dumps');
    const { host, port } = this.home.postgres;
    const database = (props: { name?: string; user?: string; secret?: string } = {}) => {
      const { name = 'shop', user = 'shop', secret = 'shop-db' } = props;
      const password = { secret: kplus.Secret.fromSecretName(chart, `secret-${name}-${secret}`, secret), key: 'password' };
      return Database.postgres({ host, port, name, user, password, clientImage: POSTGRES_IMAGE });
    };
    hooks({ chart, claim, database });
    return app.synthYaml();
  }

  sql(statements: string, database = 'shop'): Promise<string> {
    return this.home.postgres.sql(statements, database);
  }

  /** The files that lie beside each other on the volume. */
  files(): string[] {
    return readdirSync(this.home.volume.hostPath).sort();
  }

  dumps(): string[] {
    return this.files().filter((file) => file.endsWith('.dump'));
  }

  /** Runs until its end whatever a process of a container may be told: the process of this database whose command line has these words. */
  processOf(...words: string[]): number | undefined {
    const read = (pid: string, file: string) => {
      try {
        return readFileSync(join('/proc', pid, file), 'utf8').split('\0');
      } catch {
        return []; // it has ended meanwhile
      }
    };
    const isIt = (pid: string) => words.every((word) => read(pid, 'cmdline').some((each) => each.includes(word))) && read(pid, 'environ').includes(`PGPORT=${this.home.postgres.port}`);
    const pid = readdirSync('/proc').find((each) => /^\d+$/.test(each) && isIt(each));
    return pid === undefined ? undefined : Number(pid);
  }
}

interface Parts {
  readonly chart: Chart;
  readonly claim: kplus.IPersistentVolumeClaim;
  readonly database: (props?: { name?: string; user?: string; secret?: string }) => Database;
}

const backup = (props: Parameters<Parts['database']>[0] = {}) => ({ chart, claim, database }: Parts) =>
  void new BackupHook(chart, 'backup', { database: database(props), destination: claim, on: [HookEvent.PRE_INSTALL] });

const restore = (props: Parameters<Parts['database']>[0] = {}) => ({ chart, claim, database }: Parts) =>
  void new RestoreHook(chart, 'restore', { database: database(props), source: claim, on: [HookEvent.PRE_INSTALL] });

const psql = (statements: string) => ['psql', '--no-psqlrc', '--quiet', '--set=ON_ERROR_STOP=1', `--command=${statements}`];

/** A version of a shop: database and role are made, a dump is taken, the schema is migrated, and a rollback takes all of it back. */
const version = (number: number, migration: string, down: string, before: 'newest' | 'migration') => ({ chart, claim, database }: Parts) => {
  const shop = database({ name: 'orders', user: 'clerk', secret: 'shop-db' });
  const setup = new DatabaseSetupHook(chart, 'setup', { database: shop, admin: database({ name: 'postgres', user: 'postgres', secret: 'admin-db' }) });
  const save = new BackupHook(chart, 'backup', { database: shop, destination: claim, revision: String(number) });
  const image = number === 1 ? 'docker.io/library/postgres:16' : POSTGRES_IMAGE;
  const migrate = new MigrationHook(chart, 'migrate', {
    image, user: 999, database: shop, command: psql(migration), down: psql(down), waitFor: [WaitFor.postgres(shop)],
  });
  migrate.after(setup);
  migrate.protectedBy(save);
  new RestoreHook(chart, 'restore', { database: shop, source: claim, ...(before === 'migration' ? { before: migrate } : {}) });
  new kplus.ConfigMap(chart, 'page', { data: { version: String(number) } });
};

const FIRST = ['CREATE TABLE orders (id int); INSERT INTO orders SELECT generate_series(1, 10)', 'DROP TABLE orders'] as const;
const SECOND = ['ALTER TABLE orders ADD COLUMN note text', 'ALTER TABLE orders DROP COLUMN note'] as const;

describe('the life of a release', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open();
  });

  afterAll(() => shop?.home.delete());

  test('an install makes role, database and schema; an upgrade dumps first, and a pointer says for which migration', async () => {
    const stdout = succeeded(await shop.ours('install', 'shop', shop.manifests('shop', version(1, ...FIRST, 'migration'))));
    expect(stdout).toContain('clerk can log in to orders');
    expect(await shop.sql('SELECT count(*) FROM orders', 'orders')).toBe('10');

    succeeded(await shop.ours('upgrade', 'shop', shop.manifests('shop', version(2, ...SECOND, 'migration'))));
    const [dump] = shop.dumps();
    expect(dump).toMatch(/^orders-\d{8}T\d{6}Z-r2\.dump$/);
    expect(shop.files()).toEqual([dump, 'orders.before-shop-migrate']);
    expect(readFileSync(join(shop.home.volume.hostPath, 'orders.before-shop-migrate'), 'utf8')).toBe(`${dump} ${POSTGRES_IMAGE}\n`);
    expect(await shop.sql("SELECT count(*) FROM information_schema.columns WHERE table_name = 'orders'", 'orders')).toBe('2');
  });

  test('a rollback takes the migration back, and restores the dump that was taken before it', async () => {
    await shop.sql('INSERT INTO orders SELECT generate_series(11, 20)', 'orders');
    const stdout = succeeded(await shop.ours('rollback', 'shop'));
    expect(stdout).toMatch(/Job\/shop-restore-check[^]* is there\n[^]*Job\/shop-migrate-down[^]*Job\/shop-restore /);
    expect(stdout).toContain(`restored orders from ${shop.dumps()[0]}`);
    expect(await shop.sql("SELECT count(*), count(*) FILTER (WHERE to_jsonb(orders) ? 'note') FROM orders", 'orders')).toBe('10|0');
  });

  test('the rollback of a rollback takes nothing back, and loses nothing of what was written since', async () => {
    await shop.sql('INSERT INTO orders SELECT generate_series(11, 15)', 'orders');
    const stdout = succeeded(await shop.ours('rollback', 'shop', '2'));
    expect(stdout).not.toMatch(/shop-migrate-down|shop-restore/);
    expect(await shop.sql('SELECT count(*) FROM orders', 'orders')).toBe('15');
  });

  test('a rollback whose dump is gone fails before it changes anything', async () => {
    succeeded(await shop.ours('upgrade', 'shop', shop.manifests('shop', version(5, ...SECOND, 'migration'))));
    for (const dump of shop.dumps()) rmSync(join(shop.home.volume.hostPath, dump));
    const { code, stdout, stderr } = await shop.ours('rollback', 'shop', '4');
    expect([code, stdout + stderr]).toEqual([1, expect.stringMatching(/Job\/shop-restore-check +\| there is no dump \/dumps\/orders-[^]*Nothing was applied/)]);
    expect(await shop.sql("SELECT count(*) FROM information_schema.columns WHERE table_name = 'orders'", 'orders')).toBe('2');
  });
});

describe.each(['helm3', 'helm4'] as const)('%s', (helm) => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open();
  });

  afterAll(() => shop?.home.delete());

  async function byHelm(...args: string[]): Promise<string> {
    const cluster = await testCluster();
    return succeeded(await runProgram(cluster[helm], [...args, '-n', shop.home.namespace], { env: { KUBECONFIG: cluster.kubeconfig } }));
  }

  function chart(number: number, hooks: (parts: Parts) => void): string {
    const folder = join(shop.home.folder, `chart-${number}`);
    mkdirSync(join(folder, 'templates'), { recursive: true });
    writeFileSync(join(folder, 'Chart.yaml'), `apiVersion: v2\nname: shop\nversion: ${number}.0.0\n`);
    writeFileSync(join(folder, 'templates', 'shop.yaml'), shop.synthesize('shop', hooks));
    return folder;
  }

  test('set-up, dump, pointer and restore work without us; our rollback says what helm has dropped', async () => {
    await byHelm('install', 'shop', chart(1, version(1, ...FIRST, 'newest')));
    await byHelm('upgrade', 'shop', chart(2, version(2, ...SECOND, 'newest')));
    const [dump] = shop.dumps();
    expect(readFileSync(join(shop.home.volume.hostPath, 'orders.before-shop-migrate'), 'utf8')).toBe(`${dump} ${POSTGRES_IMAGE}\n`);

    await shop.sql('DELETE FROM orders', 'orders');
    await byHelm('rollback', 'shop', '1');
    expect(await shop.sql("SELECT count(*), count(*) FILTER (WHERE to_jsonb(orders) ? 'note') FROM orders", 'orders')).toBe('10|0');

    await byHelm('upgrade', 'shop', chart(3, version(3, ...SECOND, 'newest')));
    const said = 'Job/shop-migrate of revision 4 is not taken back: Helm recorded that revision, and dropped Job/shop-migrate-down';
    expect(succeeded(await shop.ours('plan', 'shop', '--for', 'rollback', '--revision', '3'))).toContain(`warning: ${said}`);
    expect(succeeded(await shop.ours('rollback', 'shop', '3'))).toContain(`warning: ${said}`);
  });
});

describe('what goes wrong', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open();
    await shop.home.postgres.sql('CREATE TABLE visitors AS SELECT generate_series(1, 100) AS id; ALTER TABLE visitors OWNER TO shop', 'shop');
    succeeded(await shop.run('first', backup()));
  });

  afterAll(() => shop?.home.delete());

  const setup = (secret: string, admin: string) => ({ chart, database }: Parts) =>
    void new DatabaseSetupHook(chart, 'setup', {
      database: database({ secret }), admin: database({ name: 'postgres', user: 'postgres', secret: admin }), on: [HookEvent.PRE_INSTALL],
    });
  const migrate = (props: Parameters<Parts['database']>[0]) => ({ chart, database }: Parts) =>
    void new MigrationHook(chart, 'migrate', { image: POSTGRES_IMAGE, user: 999, database: database(props), command: psql('SELECT 1'), on: [HookEvent.PRE_INSTALL] });

  test.each<[string, (parts: Parts) => void, string]>([
    ['backup-password', backup({ secret: 'wrong-db' }), 'password authentication failed for user "shop"'],
    ['restore-password', restore({ secret: 'wrong-db' }), 'password authentication failed for user "shop"'],
    ['migrate-password', migrate({ secret: 'wrong-db' }), 'password authentication failed for user "shop"'],
    ['setup-password', setup('wrong-db', 'admin-db'), 'password authentication failed for user "shop"'],
    ['admin-password', setup('shop-db', 'wrong-db'), 'password authentication failed for user "postgres"'],
    ['backup-missing', backup({ name: 'missing' }), 'database "missing" does not exist'],
    ['restore-missing', restore({ name: 'missing' }), 'there is no dump of missing in /dumps'],
    ['migrate-missing', migrate({ name: 'missing' }), 'database "missing" does not exist'],
  ])('%s fails, says why, and leaves the dumps alone', async (release, hooks, message) => {
    const before = shop.files();
    const { code, stdout } = await shop.run(release, hooks);
    expect([code, stdout]).toEqual([1, expect.stringContaining(message)]);
    expect(stdout).not.toContain('shop-password');
    expect(shop.files()).toEqual(before);
    expect(await shop.sql('SELECT count(*) FROM visitors')).toBe('100');
  });
});

test('a full disk fails the dump, and leaves those that are whole', async () => {
  const shop = await Shop.open({ capacity: '1m' });
  try {
    await shop.sql('CREATE TABLE visitors AS SELECT generate_series(1, 100) AS id; ALTER TABLE visitors OWNER TO shop');
    succeeded(await shop.run('fits', backup()));
    const before = shop.files();
    await shop.sql('CREATE TABLE big AS SELECT md5(n::text) FROM generate_series(1, 100000) AS n; ALTER TABLE big OWNER TO shop');
    const { code, stdout } = await shop.run('full', backup());
    expect([code, stdout]).toEqual([1, expect.stringContaining('No space left on device')]);
    expect(shop.files()).toEqual(before);
    expect(succeeded(await shop.run('again', restore()))).toContain(`restored shop from ${before[0]}`);
  } finally {
    await shop.home.delete();
  }
});

test('a dump of 50 MB that is killed is no dump: the newest that was accepted restores every row', async () => {
  const shop = await Shop.open();
  const rows = () => shop.sql('SELECT count(*), count(DISTINCT word) FROM words');
  try {
    await shop.sql('CREATE TABLE words AS SELECT md5(n::text) AS word FROM generate_series(1, 2800000) AS n; ALTER TABLE words OWNER TO shop');
    const saved = await rows();
    succeeded(await shop.run('whole', backup()));
    const [accepted] = shop.dumps();
    expect(readFileSync(join(shop.home.volume.hostPath, accepted)).length).toBeGreaterThan(50_000_000);

    await shop.sql("DELETE FROM words WHERE word < '8'; INSERT INTO words SELECT md5(n::text) FROM generate_series(2800001, 4400000) AS n");
    const running = shop.run('killed', backup());
    const partial = () => shop.files().find((file) => file.endsWith('.partial'));
    const size = () => (partial() ? readFileSync(join(shop.home.volume.hostPath, partial()!)).length : 0);
    await waitUntil('half of the dump is written', () => size() > 25_000_000, { seconds: 60 });
    process.kill(shop.processOf('sh', 'pg_dump --no-password')!, 'SIGKILL'); // the first process of the container: with it goes all of it
    const { code, stdout } = await running;
    expect([code, stdout]).toEqual([1, expect.stringContaining('exited 137')]);
    expect([shop.dumps(), partial()]).toEqual([[accepted], expect.stringMatching(/\.dump\.partial$/)]);

    expect(succeeded(await shop.run('back', restore()))).toContain(`restored shop from ${accepted}`);
    expect(await rows()).toBe(saved);
    succeeded(await shop.run('next', backup()));
    expect([shop.dumps().length, partial()]).toEqual([2, undefined]);
  } finally {
    await shop.home.delete();
  }
});
