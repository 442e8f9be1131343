import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command';

/** How a container of an image is run. */
export interface ImageSettings {
  readonly Env?: readonly string[];
  readonly Cmd?: readonly string[];
  readonly Entrypoint?: readonly string[];
  readonly User?: string;
  readonly WorkingDir?: string;
}

const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Packs a root filesystem as `docker save` would, and returns the path of the archive. */
export async function packImage(name: string, root: string, folder: string, settings: ImageSettings): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const layer = join(folder, 'layer.tar');
  await run('tar', ['--create', '--numeric-owner', '--sort=name', '--mtime=@0', `--file=${layer}`, `--directory=${root}`, '.']);
  const config = {
    architecture: process.arch === 'x64' ? 'amd64' : process.arch,
    os: 'linux',
    created: new Date(0).toISOString(),
    config: { ...settings, Env: [PATH, ...(settings.Env ?? [])] },
    rootfs: { type: 'layers', diff_ids: [`sha256:${createHash('sha256').update(readFileSync(layer)).digest('hex')}`] },
    history: [{ created: new Date(0).toISOString(), created_by: 'test/cluster' }],
  };
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify([{ Config: 'config.json', RepoTags: [name], Layers: ['layer.tar'] }]));
  const archive = join(folder, 'image.tar');
  await run('tar', ['--create', `--file=${archive}`, `--directory=${folder}`, 'manifest.json', 'config.json', 'layer.tar']);
  return archive;
}
