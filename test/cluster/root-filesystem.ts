import { chmodSync, cpSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { run } from './command';
import { BUSYBOX } from './host-files';

/** A user of an image. */
export interface ImageUser {
  readonly name: string;
  readonly id: number;
  readonly home: string;
}

const FOLDERS = ['bin', 'dev', 'etc', 'lib', 'proc', 'root', 'run', 'sys', 'usr/local/bin', 'var'];
const LINKS = { 'sbin': 'bin', 'usr/bin': '../bin', 'usr/sbin': '../bin', 'var/run': '/run' };

/** Lays out a root filesystem: the usual folders, busybox with a link for each of its applets, and the users. */
export async function createRootFilesystem(root: string, users: readonly ImageUser[] = []): Promise<void> {
  for (const folder of FOLDERS) mkdirSync(join(root, folder), { recursive: true });
  for (const folder of ['tmp', 'var/tmp']) {
    mkdirSync(join(root, folder));
    chmodSync(join(root, folder), 0o1777);
  }
  for (const [link, target] of Object.entries(LINKS)) symlinkSync(target, join(root, link));

  cpSync(BUSYBOX, join(root, 'bin/busybox'), { dereference: true });
  const applets = (await run(BUSYBOX, ['--list'])).trim().split('\n');
  for (const applet of applets) if (applet !== 'busybox') symlinkSync('busybox', join(root, 'bin', applet));

  const everyone: ImageUser[] = [{ name: 'root', id: 0, home: '/root' }, ...users, { name: 'nobody', id: 65534, home: '/tmp' }];
  writeFileSync(join(root, 'etc/passwd'), everyone.map(({ name, id, home }) => `${name}:x:${id}:${id}:${name}:${home}:/bin/sh\n`).join(''));
  writeFileSync(join(root, 'etc/group'), everyone.map(({ name, id }) => `${name}:x:${id}:\n`).join(''));
  writeFileSync(join(root, 'etc/nsswitch.conf'), 'passwd: files\ngroup: files\nhosts: files dns\n');
  for (const { id, home } of users) {
    mkdirSync(join(root, home), { recursive: true });
    await run('chown', [`${id}:${id}`, join(root, home)]);
  }
}

/** Copies programs of this machine into a root filesystem, with the libraries they are linked with. */
export async function addPrograms(root: string, folder: string, programs: readonly string[]): Promise<void> {
  mkdirSync(join(root, folder), { recursive: true });
  const libraries = new Set<string>();
  for (const program of programs) {
    const copy = join(root, folder, basename(program));
    cpSync(program, copy, { dereference: true, force: true });
    for (const [path] of (await run('ldd', [program])).matchAll(/\/\S+/g)) libraries.add(path);
  }
  for (const library of libraries) {
    // /lib64 is a link to /usr/lib64 here, and a folder there: the loader is looked for where the program says.
    const copy = join(root, resolve(library));
    if (existsSync(copy)) continue;
    mkdirSync(dirname(copy), { recursive: true });
    cpSync(library, copy, { dereference: true });
  }
}
