import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for what the cases of one file deploy. */
export interface ManifestFolder {
  /** The path of a file in it. */
  path(file: string): string;
  /** Writes objects to `NAME.yaml`, one document each. */
  write(name: string, ...objects: readonly object[]): string;
}

/** A folder that is there while the cases of a file, or of a block, run. */
export function manifestFolder(name: string): ManifestFolder {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), `${name}-`));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const path = (file: string) => join(folder, file);
  const write = (file: string, ...objects: readonly object[]) => {
    const manifests = path(`${file}.yaml`);
    writeFileSync(manifests, objects.map((each) => JSON.stringify(each)).join('\n---\n'));
    return manifests;
  };
  return { path, write };
}
