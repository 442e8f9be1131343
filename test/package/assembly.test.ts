import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

/** What `npm run compiled` makes. */
function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

interface Manifest {
  readonly version: string;
  readonly dependencies: object;
  readonly peerDependencies: object;
  readonly peerDependenciesMeta: object;
  readonly bundledDependencies: readonly string[];
  readonly bin: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
  readonly typesVersions: { readonly '*': Readonly<Record<string, readonly string[]>> };
}

interface Assembly {
  readonly dependencies: object;
  readonly bundled: object;
  readonly types?: Readonly<Record<string, { readonly locationInModule: { readonly filename: string } }>>;
}

const manifest = JSON.parse(read('package.json')) as Manifest;
const CONSTRUCTS = ['cdk8s', 'cdk8s-plus-27', 'constructs'];

describe('the jsii assembly', () => {
  const assembly = JSON.parse(read('.jsii')) as Assembly;

  test('it depends on exactly cdk8s, cdk8s-plus-27 and constructs', () => {
    expect(Object.keys(assembly.dependencies).sort()).toEqual(CONSTRUCTS);
  });

  test('it holds types of the constructs alone, none of the runner', () => {
    const files = Object.values(assembly.types ?? {}).map(({ locationInModule }) => locationInModule.filename);
    expect(files.filter((file) => !/^src\/(hooks|chart|lint)\//.test(file))).toEqual([]);
    expect(files).not.toEqual([]);
  });
});

describe('package.json', () => {
  test('what it depends on is bundled', () => {
    expect(Object.keys(manifest.dependencies)).toEqual(['js-yaml']);
    expect(manifest.bundledDependencies).toEqual(['js-yaml']);
  });

  test('its peers are exactly those of the assembly, and clients for Kubernetes and Pulumi that nobody has to install', () => {
    expect(Object.keys(manifest.peerDependencies)).toEqual(CONSTRUCTS);
    const optional = ['@kubernetes/client-node', '@pulumi/kubernetes', '@pulumi/pulumi'];
    expect(manifest.peerDependenciesMeta).toEqual(Object.fromEntries(optional.map((name) => [name, { optional: true }])));
  });

  const targets = Object.entries(manifest.exports).flatMap(([path, target]) => (typeof target === 'string' ? [[path, target]] : [[path, target.types], [path, target.default]]));

  test.each(targets)('exports %s: %s is there', (_, file) => {
    expect(existsSync(join(ROOT, file))).toBe(true);
  });

  test('old resolvers find the types of every subpath that new ones find', () => {
    const typed = Object.entries(manifest.exports).flatMap(([path, target]) => (typeof target === 'string' || path === '.' ? [] : [[path.slice(2), [target.types.slice(2)]]]));
    expect(manifest.typesVersions).toEqual({ '*': Object.fromEntries(typed) });
  });
});

describe('the command line', () => {
  const file = manifest.bin['cdk8s-lifecycle'];
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-lifecycle-bin-'));
  beforeAll(() => copyFileSync(join(ROOT, file), join(folder, 'copied.js')));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(join(folder, 'copied.js'), args, { cwd: folder, encoding: 'utf8' });
    return { status, stdout, stderr };
  };

  test('it is one file that runs where there is no node_modules', () => {
    expect(run('--version')).toEqual({ status: 0, stdout: `${manifest.version}\n`, stderr: '' });
  });

  test('the client for Kubernetes is in it', () => {
    expect(run('status', 'web', '--kubeconfig', 'none')).toEqual({ status: 65, stdout: '', stderr: expect.stringContaining('cannot read kubeconfig none') });
  });

  const notices = read(file.replace(/[^/]+$/, 'THIRD_PARTY_LICENSES.txt'));
  const listed = [...notices.matchAll(/^(\S+) (\d\S*) \((.+)\)\n\n/gm)].map(([, name, , license]) => ({ name, license }));

  test.each(['@kubernetes/client-node', 'commander', 'js-yaml'])('the licence of %s is listed beside it', (name) => {
    expect(listed.map((each) => each.name)).toContain(name);
  });

  test('every entry of the list names its licence', () => {
    expect(listed.length).toBe(notices.split('-'.repeat(80)).length);
  });

  test('every licence in it is one that lets us ship it', () => {
    const permissive = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'ISC', 'MIT', 'Python-2.0', 'Unlicense'];
    expect(listed.filter(({ license }) => !permissive.includes(license))).toEqual([]);
  });
});
