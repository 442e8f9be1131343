import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CLI } from './cli';
import { runtimeControl } from './container-runtime';
import { packImage } from './image-archive';
import { importImages } from './images';
import { addPrograms, createRootFilesystem } from './root-filesystem';

/** Runs a case with an image on the real node that holds the bundled command line and this machine's node, and nothing that npm installs. */
export async function withCliImage(work: (image: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'cli-image-'));
  const name = `docker.io/library/cdk8s-lifecycle:${folder.slice(-6).toLowerCase()}`;
  const root = join(folder, 'root');
  try {
    await createRootFilesystem(root);
    await addPrograms(root, '/usr/local/bin', [process.execPath]);
    cpSync(CLI, join(root, 'cdk8s-lifecycle.js'));
    const entrypoint = ['node', '/cdk8s-lifecycle.js'];
    await importImages([await packImage(name, root, folder, { Entrypoint: entrypoint, User: '65534' })]);
    await work(name);
  } finally {
    await runtimeControl('images', 'rm', name);
    rmSync(folder, { recursive: true, force: true });
  }
}
