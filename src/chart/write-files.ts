import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { Files } from './chart-files';

/** Where the objects of a chart are. */
const FOLDERS = ['templates', 'crds'];

/** What an earlier synth has left: Helm would still deploy it. */
function leftovers(root: string, files: Files, extension: string): string[] {
  const found = FOLDERS.filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`));
  return found.filter((file) => file.endsWith(extension) && !files.has(file.split('\\').join('/')));
}

/** Writes a chart, and removes the files of objects that are no longer in it. */
export function writeFiles(root: string, files: Files, extension: string): void {
  for (const file of leftovers(root, files, extension)) rmSync(join(root, file));
  for (const [file, text] of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}
