import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CURL_IMAGE, CURL_USER } from '../../src/hooks/curl';
import { PAUSE_IMAGE, runtimeControl } from './container-runtime';
import { ImageSettings, packImage } from './image-archive';
import { postgresFolder } from './postgres-binaries';
import { addPrograms, createRootFilesystem } from './root-filesystem';
import { statePath } from './state';

/** An image that is made from programs of this machine. */
interface LocalImage {
  readonly name: string;
  readonly settings: ImageSettings;
  readonly fill: (root: string) => Promise<void>;
}

/** The shell and tools of busybox, as user root. */
export const BUSYBOX_IMAGE = 'docker.io/library/busybox:1.35';

/** PostgreSQL's clients, with the shells and layout of the official image; no server. */
export const POSTGRES_IMAGE = 'docker.io/library/postgres:16';

const POSTGRES_HOME = '/var/lib/postgresql';
const POSTGRES_PROGRAMS = '/usr/lib/postgresql/16/bin';

const IMAGES: readonly LocalImage[] = [
  {
    name: PAUSE_IMAGE,
    settings: { Cmd: ['/bin/sh', '-c', 'while :; do sleep 3600; done'], User: '65534' },
    fill: createRootFilesystem,
  },
  { name: BUSYBOX_IMAGE, settings: { Cmd: ['sh'] }, fill: createRootFilesystem },
  {
    name: CURL_IMAGE, // the shell and tools of busybox, as in the official image, and this machine's curl
    settings: { Cmd: ['sh'], User: 'curl_user' },
    fill: async (root) => {
      await createRootFilesystem(root, [{ name: 'curl_user', id: CURL_USER, home: '/home/curl_user' }]);
      await addPrograms(root, '/bin', ['/usr/bin/curl']);
    },
  },
  {
    name: POSTGRES_IMAGE,
    settings: { Cmd: ['sh'], Env: [`PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:${POSTGRES_PROGRAMS}`, 'LANG=C.UTF-8'] },
    fill: async (root) => {
      await createRootFilesystem(root, [{ name: 'postgres', id: 999, home: POSTGRES_HOME }]);
      const clients = ['psql', 'pg_dump', 'pg_dumpall', 'pg_restore', 'pg_isready', 'createdb', 'dropdb'];
      await addPrograms(root, POSTGRES_PROGRAMS, clients.map((name) => join(postgresFolder(), name)));
      // Debian's sh, as in the official image: a script that needs busybox's must fail here as it would there.
      for (const link of ['sh', 'bash']) rmSync(join(root, 'bin', link), { force: true });
      await addPrograms(root, '/bin', ['/bin/sh', '/bin/bash'].filter((shell) => existsSync(shell)));
    },
  },
];

/** Makes every image that the cluster has, and returns the paths of their archives. */
export function makeImages(): Promise<string[]> {
  return Promise.all(
    IMAGES.map(async ({ name, settings, fill }, index) => {
      const root = statePath('images', String(index), 'root');
      await fill(root);
      const archive = await packImage(name, root, statePath('images', String(index)), settings);
      rmSync(root, { recursive: true });
      return archive;
    }),
  );
}

/** Gives the real node the images. There is no registry: a pod whose image is another stays in ErrImagePull. */
export async function importImages(archives: readonly string[]): Promise<void> {
  for (const archive of archives) {
    await runtimeControl('images', 'import', archive);
    rmSync(archive);
  }
}
