import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../../src/cli/app';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'app-test-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** A command that runs a program of Node with `out` and `fs` at hand. */
function program(text: string): string {
  const path = join(folder, 'an app.js');
  writeFileSync(path, `const fs = require('fs'); const out = process.env.CDK8S_OUTDIR; ${text}`);
  return `'${process.execPath}' '${path}'`;
}

test('what the program writes into CDK8S_OUTDIR is read, and nothing of it stays', () => {
  const place = join(folder, 'place');
  const { files } = synthesize(program(`fs.writeFileSync(out + '/a.k8s.yaml', 'a: 1'); fs.writeFileSync('${place}', out);`));
  expect(files).toEqual([{ path: 'a.k8s.yaml', text: 'a: 1' }]);
  expect(existsSync(place)).toBe(true);
});

test('words in quotes reach the program as one, and no shell reads them', () => {
  const { files } = synthesize(`${program("fs.writeFileSync(out + '/a.yaml', JSON.stringify(process.argv.slice(2)));")} 'a b' '$HOME' ';' *`);
  expect(files[0].text).toBe('["a b","$HOME",";","*"]');
});

test.each<[string, string | undefined, RegExp]>([
  ['exits with an error', 'process.exit(3)', /^the program of --app failed: it exited 3\n {2}Run it by itself: /],
  ['is ended by a signal', "process.kill(process.pid, 'SIGTERM'); setTimeout(() => {}, 5000);", /^the program of --app failed: it was ended by SIGTERM\n/],
  ['does not exist', undefined, /^the program of --app failed: there is no program .*no-such-program\n/],
])('a program that %s is bad input', (_case, text, message) => {
  const command = text === undefined ? join(folder, 'no-such-program') : program(text);
  expect(() => synthesize(command)).toThrow(expect.objectContaining({ code: 'bad-input', message: expect.stringMatching(message) as string }));
});

test('a program that writes nothing gives no manifests', () => {
  expect(synthesize(program('')).files).toEqual([]);
});
