import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { run } from './command';
import { requireGo, requireMaven } from './requirements';
import { cacheFolder, makeOnce } from './tool-cache';
import { ToolGroup, buildGroup } from './tools';

/* The migration tools as the package registries have them, in the versions that the files of `test/tools` say. */

/** What puts a tool into a container: paths of the container, and what each shows of this machine. */
export type Mounts = Readonly<Record<string, string>>;

/** Makes sure that a tool is in the cache. */
export type Install = () => Promise<Mounts>;

/** A folder of a container's PATH that its image leaves empty. */
const PROGRAMS = '/usr/local/bin';

/** What programs of this machine are linked with. */
const LIBRARIES: Mounts = Object.fromEntries(['/lib', '/lib64', '/usr/lib'].filter((folder) => existsSync(folder)).map((folder) => [folder, folder]));

/** knex and pg, where a project has them whose folder is the root. */
export const knex: Install = async () => {
  const files = ['package.json', 'package-lock.json'];
  const folder = await install('knex', files, async (unfinished) => {
    mkdirSync(unfinished);
    for (const file of files) cpSync(source('knex', file), join(unfinished, file));
    await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: unfinished });
  });
  return { ...LIBRARIES, '/bin/node': process.execPath, '/node_modules': join(folder, 'node_modules') };
};

/** Alembic and psycopg, in a virtual environment of this machine's Python. */
export const alembic: Install = async () => {
  const prefix = (await run('python3', ['-c', 'import sys; print(sys.base_prefix)'])).trim();
  const folder = await install('alembic', ['requirements.txt'], async (unfinished, whole) => {
    await run('python3', ['-m', 'venv', join(unfinished, 'venv')]);
    const requirements = ['--no-deps', '--only-binary=:all:', `--requirement=${source('alembic', 'requirements.txt')}`];
    await run(join(unfinished, 'venv/bin/python'), ['-m', 'pip', 'install', '--quiet', ...requirements]);
    // Where it has its interpreter from, pip has written down before the folder had its name.
    addLauncher(unfinished, 'alembic', `'${whole}/venv/bin/python' '${whole}/venv/bin/alembic'`);
  }, prefix);
  const python = prefix === '/usr' ? '/usr/bin/python3' : prefix;
  return { ...LIBRARIES, [python]: python, [folder]: folder, [PROGRAMS]: join(folder, 'bin') };
};

/** golang-migrate with its driver for PostgreSQL. */
export const goMigrate: Install = () =>
  build({
    name: 'golang-migrate',
    module: 'github.com/golang-migrate/migrate/v4',
    programs: { migrate: 'github.com/golang-migrate/migrate/v4/cmd/migrate' },
    tags: ['postgres'],
    minutes: 1,
  });

/** dbmate with all of its drivers that are written in Go. */
export const dbmate: Install = () =>
  build({ name: 'dbmate', module: 'github.com/amacneil/dbmate/v2', programs: { dbmate: 'github.com/amacneil/dbmate/v2' }, minutes: 2 });

/** Flyway with the Java that it is published with, and Liquibase, of which only the libraries are published, on the same Java. */
export const java: Install = async () => {
  const folder = await install('java', ['pom.xml'], async (unfinished, whole) => {
    requireMaven();
    await run('mvn', ['--batch-mode', '--quiet', `--file=${source('java', 'pom.xml')}`, `-Dfolder=${unfinished}`, 'package']);
    await run('chmod', ['--recursive', 'a+rX', join(unfinished, 'flyway')]); // a container's user is not the one that unpacked it
    mkdirSync(join(unfinished, 'bin'));
    symlinkSync(join(whole, 'flyway/flyway'), join(unfinished, 'bin/flyway'));
    const main = 'liquibase.integration.commandline.LiquibaseCommandLine';
    addLauncher(unfinished, 'liquibase', `'${whole}/flyway/jre/bin/java' -cp '${whole}/liquibase/*' ${main}`);
  });
  return { ...LIBRARIES, '/bin/bash': '/bin/bash', [folder]: folder, [PROGRAMS]: join(folder, 'bin') }; // Flyway's launcher is a script of bash
};

async function build(group: ToolGroup): Promise<Mounts> {
  requireGo();
  return { [PROGRAMS]: await buildGroup(group, say) };
}

/** Fills a folder, which gets another name when it is whole. */
type Make = (unfinished: string, whole: string) => Promise<void>;

/** Installs what files of `test/tools` say into a folder of the cache, once, and returns that folder. */
async function install(name: string, files: readonly string[], make: Make, ...more: readonly string[]): Promise<string> {
  const folder = cacheFolder(name, ...files.map((file) => readFileSync(source(name, file), 'utf8')), ...more);
  if (!existsSync(folder)) say(`installing ${name} (once)`);
  await makeOnce(folder, (unfinished) => make(unfinished, folder));
  return folder;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function source(tool: string, file: string): string {
  return resolve(__dirname, '../tools', tool, file);
}

function addLauncher(folder: string, name: string, command: string): void {
  mkdirSync(join(folder, 'bin'), { recursive: true });
  writeFileSync(join(folder, 'bin', name), `#!/bin/sh\nexec ${command} "$@"\n`, { mode: 0o755 });
}
