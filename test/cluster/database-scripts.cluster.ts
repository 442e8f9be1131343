import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { shell as commandOf } from '../../src/hooks/shell';
import { Ran, runProgram, succeeded } from './cli';
import { run } from './command';
import { BUSYBOX } from './host-files';
import { PostgresServer, startPostgres } from './postgres';
import { postgresFolder } from './postgres-binaries';

/* Each script of the database hooks under each shell that an image may have, on a real PostgreSQL. */

const SHELLS: Readonly<Record<string, readonly string[]>> = { dash: ['dash'], bash: ['bash', '--posix'], busybox: ['busybox', 'sh'] };
const NAMES = ['shop', 'we"ird na\'me; --/$(id)'];
const PASSWORD = 'p@ss \'"w\\ord$1';

let postgres: PostgresServer;
let folder: string;
let applets: string;

beforeAll(async () => {
  postgres = await startPostgres();
  folder = mkdtempSync(join(tmpdir(), 'database-scripts-'));
  applets = join(folder, 'applets');
  mkdirSync(applets);
  for (const name of (await run(BUSYBOX, ['--list'])).trim().split('\n')) symlinkSync(BUSYBOX, join(applets, name));
});

afterAll(async () => {
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const read = (name: string) => readFileSync(resolve(__dirname, `../../src/hooks/scripts/${name}.sh`), 'utf8');
const identifier = (text: string) => `"${text.replaceAll('"', '""')}"`;
const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** What libpq needs to know of a role and a database of the server. */
function connection(database: string, user = postgres.user, password = postgres.password): Record<string, string> {
  return { PGHOST: postgres.host, PGPORT: String(postgres.port), PGDATABASE: database, PGUSER: user, PGPASSWORD: password };
}

describe.each(Object.keys(SHELLS))('%s', (shell) => {
  const [program, ...flags] = SHELLS[shell];
  const execute = (text: string, env: Record<string, string>): Promise<Ran> => {
    const tools = shell === 'busybox' ? applets : process.env.PATH; // an image that has the one has the others
    const path = `${postgresFolder()}:${tools}`;
    return runProgram(program === 'busybox' ? BUSYBOX : program, [...flags, '-c', text], { env: { PATH: path, ...env } });
  };
  const script = (name: string, env: Record<string, string>): Promise<Ran> => execute(commandOf(read(name))[2], env);

  describe.each(NAMES)('a database called %s', (name) => {
    const unique = `${name} ${shell} ${randomBytes(3).toString('hex')}`;
    const role = `role of ${unique}`;
    let dumps: string;
    let app: Record<string, string>;

    const setUp = () => script('database-setup', { ...connection('postgres'), NEW_DATABASE: unique, NEW_ROLE: role, NEW_PASSWORD: PASSWORD });
    const backup = (env: Record<string, string> = {}) => script('backup', { ...app, BACKUPS: dumps, KEEP: '2', ...env });
    const restore = (env: Record<string, string> = {}) => script('restore', { ...app, BACKUPS: dumps, ...env });
    const sql = async (statements: string) => {
      const env = { ...process.env, ...app } as Record<string, string>;
      const args = ['--no-psqlrc', '--quiet', '--tuples-only', '--no-align', '--set=ON_ERROR_STOP=1'];
      return succeeded(await runProgram(join(postgresFolder(), 'psql'), args, { env, input: statements })).trimEnd();
    };

    beforeAll(() => {
      dumps = mkdtempSync(join(folder, 'dumps-'));
      app = connection(unique, role, PASSWORD);
    });

    test('role and database are made once, and found the second time', async () => {
      expect(succeeded(await setUp())).toBe(`the role ${role} is made\nthe database ${unique} is made\n${role} can log in to ${unique}\n`);
      expect(succeeded(await setUp())).toBe(`the role ${role} is there\nthe database ${unique} is there\n${role} can log in to ${unique}\n`);
      expect(await postgres.sql(`SELECT pg_get_userbyid(datdba) = ${literal(role)} FROM pg_database WHERE datname = ${literal(unique)}`)).toBe('t');
    });

    test('a role whose password is another than that of the Secret is told', async () => {
      const { code, stderr } = await script('database-setup', { ...connection('postgres'), NEW_DATABASE: unique, NEW_ROLE: role, NEW_PASSWORD: 'other' });
      expect(code).not.toBe(0);
      expect(stderr).toContain('password authentication failed');
    });

    test('a database without anything in it is no dump', async () => {
      const { code, stderr } = await backup();
      expect([code, stderr]).toEqual([1, `the dump of ${unique} is empty: the database holds no table and nothing else\n`]);
      expect(readdirSync(dumps)).toEqual([]);
    });

    test('a dump is whole, and brings back rows, views, functions and types; what came later is gone', async () => {
      await sql(`
        CREATE SCHEMA data; CREATE TYPE data.mood AS ENUM ('fine', 'bad'); CREATE DOMAIN short AS text CHECK (length(value) < 9);
        CREATE TABLE visitors (id serial PRIMARY KEY, name short NOT NULL, mood data.mood DEFAULT 'fine', note text);
        INSERT INTO visitors (name, note) SELECT 'v' || n, E'tab\\t and \\\\. and newline\\n' FROM generate_series(1, 1000) n;
        CREATE VIEW data.happy AS SELECT * FROM visitors WHERE mood = 'fine';
        CREATE FUNCTION count_visitors() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM visitors';`);
      const stdout = succeeded(await backup({ REVISION: '7', MIGRATIONS: 'shop-migrate registry/shop:2' }));
      const [dump] = readdirSync(dumps).filter((file) => file.endsWith('.dump'));
      expect(dump).toMatch(/-\d{8}T\d{6}Z-r7\.dump$/);
      expect(stdout).toBe(`saved ${unique} as ${dump} (${statSync(join(dumps, dump)).size} bytes)\nit was taken before shop-migrate of registry/shop:2\n`);

      await sql('DELETE FROM visitors; ALTER TABLE visitors DROP COLUMN note CASCADE; CREATE TABLE orders (id int); CREATE SCHEMA later; CREATE FUNCTION later.f() RETURNS int LANGUAGE sql AS \'SELECT 1\'');
      expect(succeeded(await restore())).toBe(`restored ${unique} from ${dump}\n`);
      expect(await sql('SELECT count(*), count_visitors(), min(note) = E\'tab\\t and \\\\. and newline\\n\' FROM visitors')).toBe('1000|1000|t');
      expect(await sql("SELECT to_regclass('orders') IS NULL, to_regnamespace('later') IS NULL")).toBe('t|t');
      await sql("INSERT INTO visitors (name) VALUES ('next')");
      expect(await sql('SELECT max(id) FROM visitors')).toBe('1001');
    });

    test('the newest dumps are kept, other files stay, and the pointer names what there is', async () => {
      writeFileSync(join(dumps, 'notes.dump'), 'ours');
      const before = readdirSync(dumps).filter((file) => /Z.*\.dump$/.test(file));
      for (const version of ['3', '4']) succeeded(await backup({ MIGRATIONS: `shop-migrate registry/shop:${version}\nother-migrate registry/other:1` }));
      const kept = readdirSync(dumps).filter((file) => /Z.*\.dump$/.test(file)).sort();
      expect(kept).toHaveLength(2);
      expect(kept).not.toContain(before[0]);
      expect(readdirSync(dumps)).toContain('notes.dump');
      const pointer = (migration: string) => readFileSync(join(dumps, readdirSync(dumps).find((file) => file.endsWith(`.before-${migration}`))!), 'utf8');
      expect(pointer('shop-migrate')).toBe(`${kept[0]} registry/shop:3\n${kept[1]} registry/shop:4\n`);
      expect(pointer('other-migrate')).toBe(`${kept[0]} registry/other:1\n${kept[1]} registry/other:1\n`);

      await sql('DELETE FROM visitors');
      expect(succeeded(await restore({ MIGRATION: 'shop-migrate', VERSION: 'registry/shop:3' }))).toBe(`restored ${unique} from ${kept[0]}\n`);
      expect(await sql('SELECT count(*) FROM visitors')).toBe('1001');
      expect((await restore({ MIGRATION: 'shop-migrate', VERSION: 'registry/shop:9' })).stderr).toContain('no dump was taken before shop-migrate of registry/shop:9');
      expect((await restore({ MIGRATION: 'none', VERSION: '1' })).stderr).toContain('no dump was taken before none: there is no ');
    });

    test('a dump that breaks off changes nothing', async () => {
      const newest = readdirSync(dumps).filter((file) => /Z.*\.dump$/.test(file)).sort().at(-1)!;
      const whole = readFileSync(join(dumps, newest));
      writeFileSync(join(dumps, 'half.dump'), whole.subarray(0, whole.length - 400));
      await sql("INSERT INTO visitors (name) VALUES ('kept')");
      const { code, stderr } = await restore({ DUMP: 'half.dump' });
      expect(code).toBe(1);
      expect(stderr).toContain(`half.dump was not restored; ${unique} is as it was`);
      expect(await sql("SELECT count(*) FROM visitors WHERE name = 'kept'")).toBe('1');
    });

    test('a restore that the database refuses changes nothing', async () => {
      const [dump] = readdirSync(dumps).filter((file) => /Z.*\.dump$/.test(file));
      await postgres.sql(`DROP SCHEMA data CASCADE; CREATE SCHEMA data AUTHORIZATION ${postgres.user}`, unique); // its role may not make it again
      const { code, stderr } = await restore({ DUMP: dump });
      expect(code).not.toBe(0);
      expect(stderr).toContain('schema "data" already exists');
      expect(await sql("SELECT count(*) FROM visitors WHERE name = 'kept'")).toBe('1');
    });

    test.each(['backup', 'restore'])('%s without a database, or with a wrong password, says so and leaves nothing', async (name_) => {
      const before = readdirSync(dumps);
      const wrong = { ...connection(unique, role, 'wrong'), BACKUPS: dumps, KEEP: '2' };
      const missing = { ...connection('missing', role, PASSWORD), BACKUPS: dumps, KEEP: '2', DUMP: before.find((file) => /Z.*\.dump$/.test(file))! };
      expect((await script(name_, wrong)).stderr).toContain('password authentication failed');
      expect((await script(name_, missing)).stderr).toContain('database "missing" does not exist');
      expect((await script(name_, { ...missing, BACKUPS: join(dumps, 'nowhere') })).code).not.toBe(0);
      expect(readdirSync(dumps)).toEqual(before);
    });
  });

  test('a role that is no superuser, but may make roles and databases, can set up', async () => {
    const [admin, made] = [`admin-${shell}`, `made-${shell}`];
    await postgres.sql(`CREATE ROLE ${identifier(admin)} LOGIN CREATEROLE CREATEDB PASSWORD ${literal(PASSWORD)}`);
    const ran = await script('database-setup', { ...connection('postgres', admin, PASSWORD), NEW_DATABASE: made, NEW_ROLE: made, NEW_PASSWORD: PASSWORD });
    expect(succeeded(ran)).toContain(`${made} can log in to ${made}`);
  });

  test('a role that may make neither is told, and the new password is in no message', async () => {
    const role = `nobody-${shell}`;
    await postgres.sql(`CREATE ROLE ${identifier(role)} LOGIN PASSWORD ${literal(PASSWORD)}`);
    const secret = `secret-${randomBytes(6).toString('hex')}`;
    const { code, stdout, stderr } = await script('database-setup', { ...connection('postgres', role, PASSWORD), NEW_DATABASE: 'x', NEW_ROLE: 'x', NEW_PASSWORD: secret });
    expect(code).not.toBe(0);
    expect(stderr).toContain('permission denied to create role');
    expect(stdout + stderr).not.toContain(secret);
  });

  test('a superuser keeps the new password out of the log of a server that takes down every statement', async () => {
    await postgres.sql("ALTER SYSTEM SET log_statement = 'all'");
    await postgres.sql('SELECT pg_reload_conf()');
    const [made, secret] = [`quiet-${shell}`, `secret-${randomBytes(6).toString('hex')}`];
    succeeded(await script('database-setup', { ...connection('postgres'), NEW_DATABASE: made, NEW_ROLE: made, NEW_PASSWORD: secret }));
    const log = readFileSync(postgres.log, 'utf8');
    expect(log).toContain("SELECT format('SET %I = %L', name, value)"); // it does take them down
    expect(log).not.toContain(secret);
  });

  test('waiting for a database ends when its role can log in, and says why it could not', async () => {
    const [, , wait] = commandOf(read('try-postgres'), read('until-timeout'));
    const database = `late-${shell}`;
    const env = { ...connection(database), WHAT: database, INTERVAL: '1' };
    const inVain = await execute(wait, { ...env, TIMEOUT: '0' });
    expect([inVain.code, inVain.stderr]).toEqual([1, expect.stringMatching(`^waited [0-9]+ s for ${database}: .*database "${database}" does not exist`)]);
    const waiting = execute(wait, { ...env, TIMEOUT: '30' });
    await postgres.sql(`CREATE DATABASE ${identifier(database)}`);
    expect(succeeded(await waiting)).toContain(`${database} is there\n`);
  });

  test('two set-ups at once make one database', async () => {
    const made = `twice-${shell}`;
    const once = () => script('database-setup', { ...connection('postgres'), NEW_DATABASE: made, NEW_ROLE: made, NEW_PASSWORD: PASSWORD });
    const both = (await Promise.all([once(), once()])).map(succeeded);
    expect(both.filter((stdout) => stdout.includes(`the database ${made} is made`))).toHaveLength(1);
  });

  test('a full disk leaves no file', async () => {
    const dumps = join(folder, `full-${shell}`);
    mkdirSync(dumps);
    succeeded(await runProgram('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', dumps]));
    try {
      await postgres.sql(`CREATE DATABASE ${identifier(`full-${shell}`)}`);
      await postgres.sql('CREATE TABLE big AS SELECT md5(n::text) FROM generate_series(1, 20000) n', `full-${shell}`);
      const { code, stderr } = await script('backup', { ...connection(`full-${shell}`), BACKUPS: dumps, KEEP: '5' });
      expect([code, stderr]).toEqual([1, expect.stringContaining('No space left on device')]);
      expect(readdirSync(dumps)).toEqual([]);
    } finally {
      succeeded(await runProgram('umount', [dumps]));
    }
  });
});
