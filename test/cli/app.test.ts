import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { AppRequest, synthesize } from '../../src/cli/app';

const REQUEST: AppRequest = { name: 'web', namespace: 'shop', revision: 3, isInstall: false, values: {} };

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

test('what the program writes into CDK8S_OUTDIR is read, and nothing of it stays', async () => {
  const place = join(folder, 'place');
  const { files } = await synthesize(program(`fs.writeFileSync(out + '/a.k8s.yaml', 'a: 1'); fs.writeFileSync('${place}', out);`), REQUEST);
  expect(files).toEqual([{ path: 'a.k8s.yaml', text: 'a: 1' }]);
  expect(existsSync(readFileSync(place, 'utf8'))).toBe(false);
});

test('words in quotes reach the program as one, and no shell reads them', async () => {
  const echo = program("fs.writeFileSync(out + '/a.yaml', JSON.stringify(process.argv.slice(2)));");
  const { files } = await synthesize(`${echo} 'a b' '$HOME' ';' *`, REQUEST);
  expect(files[0].text).toBe('["a b","$HOME",";","*"]');
});

test.each<[string, string | undefined, RegExp]>([
  ['exits with an error', 'process.exit(3)', /^the program of --app failed: it exited 3\n {2}Run it by itself: /],
  ['is ended by a signal', "process.kill(process.pid, 'SIGTERM'); setTimeout(() => {}, 5000);", /^the program of --app failed: it was ended by SIGTERM\n/],
  ['does not exist', undefined, /^the program of --app failed: there is no program .*no-such-program\n/],
])('a program that %s is bad input', async (_case, text, message) => {
  const command = text === undefined ? join(folder, 'no-such-program') : program(text);
  await expect(synthesize(command, REQUEST)).rejects.toMatchObject({ code: 'bad-input', message: expect.stringMatching(message) as string });
});

test('a program that writes nothing gives no manifests', async () => {
  expect((await synthesize(program(''), REQUEST)).files).toEqual([]);
});

test('the program is told of the release in a file that only its user may read, and that is gone afterwards', async () => {
  const place = join(folder, 'place');
  const told = 'const file = process.env.CDK8S_LIFECYCLE_RELEASE; const mode = (path) => (fs.statSync(path).mode & 0o777).toString(8);';
  const write = `fs.writeFileSync('${place}', JSON.stringify([file, mode(file), mode(require('path').dirname(file)), JSON.parse(fs.readFileSync(file, 'utf8'))]));`;
  await synthesize(program(told + write), { ...REQUEST, values: { a: null, big: 1 } });
  const [file, ...seen] = JSON.parse(readFileSync(place, 'utf8')) as [string, ...unknown[]];
  expect(seen).toEqual(['600', '700', { name: 'web', namespace: 'shop', revision: 3, isInstall: false, values: { a: null, big: 1 } }]);
  expect([existsSync(file), existsSync(dirname(file))]).toEqual([false, false]);
});

test('the program ends when the operation is interrupted, and what it was told is gone', async () => {
  const place = join(folder, 'place');
  const interrupt = new AbortController();
  const command = program(`fs.writeFileSync('${place}', process.env.CDK8S_LIFECYCLE_RELEASE); setTimeout(() => {}, 60_000);`);
  const running = synthesize(command, REQUEST, { interrupt: interrupt.signal });
  while (!existsSync(place) || readFileSync(place, 'utf8') === '') await setImmediate();
  interrupt.abort();
  await expect(running).rejects.toMatchObject({ code: 'interrupted' });
  expect(existsSync(readFileSync(place, 'utf8'))).toBe(false);
});

test('where no operation watches for signals, the program ends with the command, and what it was told is gone, too', async () => {
  const place = join(folder, 'place');
  const running = synthesize(program(`fs.writeFileSync('${place}', process.env.CDK8S_LIFECYCLE_RELEASE); setTimeout(() => {}, 60_000);`), REQUEST);
  while (!existsSync(place) || readFileSync(place, 'utf8') === '') await setImmediate();
  const before = process.listenerCount('SIGINT');
  process.emit('SIGINT');
  await expect(running).rejects.toMatchObject({ code: 'interrupted' });
  expect([existsSync(readFileSync(place, 'utf8')), process.listenerCount('SIGINT')]).toEqual([false, before - 1]);
});

test('what the program prints is told line by line, without escape sequences', async () => {
  const lines: string[] = [];
  await synthesize(program("console.log('one\\n\\x1b[2Jtwo'); console.error('three');"), REQUEST, { tell: (line) => lines.push(line) });
  expect(lines.sort()).toEqual(['\\x1b[2Jtwo', 'one', 'three']);
});

describe('of an app with values', () => {
  const CHART = {
    'Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.2.0\nappVersion: "2.0"\ndeprecated: maybe\nunknown: 1\n',
    'values.json': '{"a":1,"b":9007199254740993}',
    'values.yaml': 'a: 2\n',
    'values.schema.json': '{}',
    'templates/NOTES.txt': 'Hello.\n',
    'templates/_helpers.yaml': '{{ nothing }}',
    'templates/web.k8s.yaml': 'kind: A\n',
    'crds/widget.yaml': 'kind: B\n',
  };

  const writing = (files: Readonly<Record<string, string>>) =>
    program(`for (const [name, text] of Object.entries(${JSON.stringify(files)})) {
      fs.mkdirSync(require('path').dirname(out + '/' + name), { recursive: true });
      fs.writeFileSync(out + '/' + name, text);
    }`);

  test('manifests, chart, values and notes are read, each where Helm has it', async () => {
    expect(await synthesize(writing(CHART), REQUEST)).toEqual({
      files: [{ path: 'crds/widget.yaml', text: 'kind: B\n' }, { path: 'templates/web.k8s.yaml', text: 'kind: A\n' }],
      chart: { apiVersion: 'v2', name: 'shop', version: '1.2.0', appVersion: '2.0' }, // what Helm could not read in a record is left out
      values: { all: { a: 1, b: 9007199254740993n }, defaults: { a: 2 }, schema: '{}' },
      notes: 'Hello.\n',
    });
  });

  test.each(['[1]', '{'])('a values.json that is %s is bad input', async (text) => {
    const broken = writing({ ...CHART, 'values.json': text });
    await expect(synthesize(broken, REQUEST)).rejects.toMatchObject({ code: 'bad-input', message: expect.stringMatching(/^the program of --app wrote a values.json that cannot be read/) as string });
  });
});
