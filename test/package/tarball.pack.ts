import { existsSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { homedir } from 'node:os';
import { join, posix, sep } from 'node:path';
import { ROOT, pack, temporaryFolder } from './packed';

const packed = pack(temporaryFolder());

/** What may be in the package; everything else is a mistake. */
const PUBLISHED = [
  /^(\.jsii|package\.json|README\.md|CHANGELOG\.md|LICENSE)$/,
  /^(\.jsii\.tabl\.json\.gz|rosetta\/default\.ts-fixture)$/, // the examples in the other languages, and what they were compiled in
  /^schemas\/events\.schema\.json$/,
  /^bin\/(cdk8s-lifecycle\.js|THIRD_PARTY_LICENSES\.txt)$/,
  /^lib\/(?!cli\/|report\/diff-text\.).+\.(js|d\.ts)$/, // the command line, and what only it needs, is in bin/
  /^node_modules\/(js-yaml|argparse)\//,
];

/** What must be in it. */
const NEEDED = [
  '.jsii',
  '.jsii.tabl.json.gz',
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'bin/THIRD_PARTY_LICENSES.txt',
  'bin/cdk8s-lifecycle.js',
  'lib/index.d.ts',
  'lib/index.js',
  'lib/pulumi/index.d.ts',
  'lib/pulumi/index.js',
  'lib/pulumi/provider.d.ts',
  'lib/pulumi/provider.js',
  'lib/runner.d.ts',
  'lib/runner.js',
  'lib/testing/index.d.ts',
  'lib/testing/index.js',
  'node_modules/argparse/package.json',
  'node_modules/js-yaml/package.json',
  'package.json',
  'rosetta/default.ts-fixture',
  'schemas/events.schema.json',
];

test('the package holds nothing that it should not', () => {
  expect(packed.files.filter((file) => !PUBLISHED.some((pattern) => pattern.test(file)))).toEqual([]);
});

test('the package holds all that it needs', () => {
  expect(NEEDED.filter((file) => !packed.files.includes(file))).toEqual([]);
});

test('every compiled file has a source: nothing is left of one that is gone', () => {
  const sources = packed.files.filter((file) => file.startsWith('lib/')).map((file) => file.replace(/^lib/, 'src').replace(/(\.d)?\.(ts|js)$/, '.ts'));
  expect(sources.filter((source) => !existsSync(join(ROOT, source)))).toEqual([]);
});

describe('what the files of the package load', () => {
  const { name, ...manifest } = JSON.parse(packed.read('package.json').toString('utf8')) as Readonly<Record<string, Readonly<Record<string, string>>>>;
  const said = new Set([...Object.keys({ ...manifest.peerDependencies, ...manifest.peerDependenciesMeta, ...manifest.dependencies }), String(name)]);
  const loads = packed.files.filter((file) => /^lib\/.*\.(js|d\.ts)$/.test(file)).flatMap((file) => {
    const text = packed.read(file).toString('utf8').replace(/^\s*(\/?\*|\/\/).*$/gm, ''); // examples load what they like
    return [...text.matchAll(/(?:require\(|import\(|from )["']([^"'\n]+)["']/g)].map(([, specifier]) => ({ file, specifier }));
  });

  test('is in it', () => {
    const isThere = (path: string) => ['', '.js', '.d.ts', '/index.js', '/index.d.ts'].some((end) => packed.files.includes(path + end));
    const relative = loads.filter(({ specifier }) => specifier.startsWith('.'));
    expect(relative.filter(({ file, specifier }) => !isThere(posix.join(posix.dirname(file), specifier)))).toEqual([]);
    expect(relative.length).toBeGreaterThan(500);
  });

  test('or is Node\'s, or of a package that it says it needs', () => {
    const packageOf = (specifier: string) => /^(@[^/]+\/)?[^/]+/.exec(specifier)![0];
    const others = loads.filter(({ specifier }) => !specifier.startsWith('.') && !isBuiltin(specifier));
    expect(others.filter(({ specifier }) => !said.has(packageOf(specifier)))).toEqual([]);
  });
});

test('the package is smaller than 2.5 MB', () => {
  expect(packed.bytes).toBeLessThan(2_500_000);
});

/** The source map that a compiled file carries. */
function sourceMap(text: string): string {
  const [, encoded] = /\/\/# sourceMappingURL=data:application\/json;(?:charset=utf-8;)?base64,([\w+/=]+)/.exec(text) ?? [];
  return encoded === undefined ? '' : Buffer.from(encoded, 'base64').toString('utf8');
}

describe('paths of the machine that made the package', () => {
  const texts = packed.files.map((file) => ({ file, text: packed.read(file).toString('utf8') }));

  test.each([ROOT, homedir()])('%s is in no file and no source map', (folder) => {
    const found = texts.filter(({ text }) => [text, sourceMap(text)].some((each) => each.includes(folder + sep)));
    expect(found.map(({ file }) => file)).toEqual([]);
  });

  test('every compiled file names its source relative to itself', () => {
    const maps = texts.filter(({ file }) => /^lib\/.*\.js$/.test(file)).map(({ file, text }) => ({ file, map: JSON.parse(sourceMap(text) || '{}') as { sources?: string[] } }));
    expect(maps.filter(({ map }) => map.sources?.length !== 1 || !/^(\.\.\/)+src\//.test(map.sources[0]))).toEqual([]);
  });
});
