import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { readManifestFiles } from '../../src/cli/manifest-files';
import { readDocuments } from '../../src/release';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'manifest-files-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function paths(given: string): string[] {
  return readManifestFiles([join(folder, given)]).files.map(({ path }) => relative(folder, path)).sort();
}

test('files are read as they are named, whatever they are called', () => {
  write({ 'a.yaml': 'a: 1', 'b.txt': 'b: 2' });
  expect(readManifestFiles([join(folder, 'a.yaml'), join(folder, 'b.txt')])).toEqual({
    files: [{ path: join(folder, 'a.yaml'), text: 'a: 1' }, { path: join(folder, 'b.txt'), text: 'b: 2' }],
    chart: undefined,
  });
});

test('a folder is read with everything below it that is a manifest', () => {
  const others = ['dist/README.md', 'dist/construct-metadata.json', 'dist/.hidden.yaml', 'dist/.git/d.yaml', 'dist/node_modules/e.yaml'];
  write(Object.fromEntries(['dist/a.k8s.yaml', 'dist/b.yml', 'dist/sub/c.json', ...others].map((path) => [path, ''])));
  expect(paths('dist')).toEqual(['dist/a.k8s.yaml', 'dist/b.yml', 'dist/sub/c.json']);
});

test('of a chart, the CRDs and templates are read, and what it is called', () => {
  write({
    'chart/Chart.yaml': 'apiVersion: v2\nname: webapp\nversion: 1.2.3\nappVersion: "9"\ntype: application\n',
    'chart/values.yaml': 'a: 1',
    'chart/templates/web.yaml': '',
    'chart/templates/sub/a.yaml': '',
    'chart/crds/things.yaml': '',
  });
  expect(paths('chart')).toEqual(['chart/crds/things.yaml', 'chart/templates/sub/a.yaml', 'chart/templates/web.yaml']);
  expect(readManifestFiles([join(folder, 'chart')]).chart).toEqual({ name: 'webapp', version: '1.2.3', appVersion: '9' });
});

test('a chart without CRDs is a chart', () => {
  write({ 'chart/Chart.yaml': 'name: webapp\nversion: 1.0.0', 'chart/templates/web.yaml': '' });
  expect(paths('chart')).toEqual(['chart/templates/web.yaml']);
});

test('a version that YAML takes for a number is read as it is written', () => {
  write({ 'chart/Chart.yaml': 'name: webapp\nversion: 1.0.0\nappVersion: 9\n', 'chart/templates/web.yaml': '' });
  expect(readManifestFiles([join(folder, 'chart')]).chart).toEqual({ name: 'webapp', version: '1.0.0', appVersion: '9' });
});

test.each([
  ['empty', ''],
  ['a list', '- a'],
  ['without a name', 'version: 1.0.0'],
])('a Chart.yaml that is %s is refused', (_case, text) => {
  write({ 'chart/Chart.yaml': text, 'chart/templates/web.yaml': '' });
  expect(() => readManifestFiles([join(folder, 'chart')])).toThrow(expect.objectContaining({ code: 'bad-input' }));
});

test('what is not there is refused by its name', () => {
  expect(() => readManifestFiles([join(folder, 'missing.yaml')])).toThrow(
    expect.objectContaining({ code: 'bad-input', message: expect.stringMatching(/^cannot read .*missing\.yaml: ENOENT: no such file or directory/) as string }),
  );
});

test('a file that never ends is read as far as a file may reach, and then refused', () => {
  const [{ text }] = readManifestFiles(['/dev/zero']).files;
  expect(() => readDocuments({ path: '/dev/zero', text })).toThrow('/dev/zero: longer than 32 MiB');
});
