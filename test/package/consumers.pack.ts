import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, pack, run, temporaryFolder } from './packed';

const folder = temporaryFolder();
const { tarball } = pack(folder);

const { version, devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly version: string;
  readonly devDependencies: Readonly<Record<string, string>>;
};

/** The oldest versions that the package says it works with; npm has them in its cache, for this repository uses them. */
const PEERS = Object.fromEntries(['cdk8s', 'cdk8s-plus-27', 'constructs'].map((name) => [name, devDependencies[name]]));
const TYPESCRIPT_5 = '5.9.x'; // 6 and later refuse node10 resolution, which the template of cdk8s-cli still uses

const SERVER = 'https://127.0.0.1:6443';
const KUBECONFIG = `
apiVersion: v1
kind: Config
current-context: here
contexts: [{ name: here, context: { cluster: here, user: me } }]
clusters: [{ name: here, cluster: { server: '${SERVER}' } }]
users: [{ name: me, user: {} }]
`;

const RAN = ['Expected install web to end succeeded', 'post-install Job succeeded', 'install shop succeeded'];
const NO_CLIENT = 'the package @kubernetes/client-node is not installed';

interface Tsconfig {
  readonly compilerOptions: Readonly<Record<string, unknown>>;
}

/** What a project of today says; libraries are checked too. */
function modern(module: string): Tsconfig {
  return { compilerOptions: { module, target: 'es2022', lib: ['es2022'], types: ['node'], strict: true, noEmitOnError: true, skipLibCheck: false } };
}

/** What `cdk8s init typescript-app` writes, word for word: node10 resolution, es2016, libraries are checked too. */
const TEMPLATE = JSON.parse(readFileSync(join(ROOT, 'node_modules/cdk8s-cli/templates/typescript-app/tsconfig.json'), 'utf8')) as Tsconfig;

function project(path: string, manifest: object, tsconfig: Tsconfig): string {
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'package.json'), JSON.stringify({ private: true, ...manifest }));
  writeFileSync(join(path, 'tsconfig.json'), JSON.stringify({ ...tsconfig, include: ['*.ts'] }));
  writeFileSync(join(path, 'kubeconfig'), KUBECONFIG);
  for (const program of ['main.ts', 'kit.ts']) copyFileSync(join(__dirname, 'consumers', program), join(path, program));
  return path;
}

function npmInstall(cwd: string): void {
  run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--no-package-lock'], { cwd });
}

function compileAndRun(cwd: string, tsc: string): string[] {
  run(process.execPath, [tsc], { cwd });
  return ['kit.js', 'main.js'].flatMap((program) => run(process.execPath, [program], { cwd, env: { KUBECONFIG: 'kubeconfig' } }).trimEnd().split('\n'));
}

const TSC_HERE = require.resolve('typescript/bin/tsc');

describe('installed with npm, without a Kubernetes client', () => {
  beforeAll(() => {
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: { 'cdk8s-lifecycle': `file:${tarball}`, ...PEERS, '@types/node': '20' } }));
    npmInstall(folder);
  });

  test.each([
    ['a CommonJS project', 'commonjs', modern('node16')],
    ['an ES module project', 'module', modern('nodenext')],
  ])('the package compiles and runs in %s', (_, type, tsconfig) => {
    expect(compileAndRun(project(join(folder, type), { type }, tsconfig), TSC_HERE)).toEqual([...RAN, NO_CLIENT]);
  });

  test('the package compiles and runs in the project that `cdk8s init typescript-app` makes', () => {
    const path = project(join(folder, 'template'), { devDependencies: { 'typescript': TYPESCRIPT_5, '@types/node': '^14' } }, TEMPLATE);
    npmInstall(path);
    expect(compileAndRun(path, join(path, 'node_modules/typescript/bin/tsc'))).toEqual([...RAN, NO_CLIENT]);
  });

  test('the command line runs', () => {
    expect(run(join(folder, 'node_modules/.bin/cdk8s-lifecycle'), ['--version'], { cwd: folder }).trim()).toBe(version);
  });
});

describe('installed with a strict pnpm, which links only what is declared', () => {
  const apart = temporaryFolder(); // away from what npm installed above
  const install = (name: string, dependencies: Readonly<Record<string, string>>) => {
    const manifest = {
      dependencies: { 'cdk8s-lifecycle': `file:${tarball}`, ...PEERS, ...dependencies },
      devDependencies: { 'typescript': TYPESCRIPT_5, '@types/node': '20' },
    };
    const path = project(join(apart, name), manifest, modern('nodenext'));
    const settings = ['strict-peer-dependencies=true', 'auto-install-peers=false', 'hoist=false'].map((setting) => `--config.${setting}`);
    run('npx', ['--yes', 'pnpm@10', 'install', '--prefer-offline', '--no-lockfile', '--ignore-workspace', ...settings], { cwd: path });
    return path;
  };

  test('the package compiles and runs', () => {
    const path = install('pnpm', {});
    expect(compileAndRun(path, join(path, 'node_modules/typescript/bin/tsc'))).toEqual([...RAN, NO_CLIENT]);
    expect(run(join(path, 'node_modules/.bin/cdk8s-lifecycle'), ['--version'], { cwd: path }).trim()).toBe(version);
  });

  test('the package finds a Kubernetes client that its user installed', () => {
    const path = install('pnpm-client', { '@kubernetes/client-node': devDependencies['@kubernetes/client-node'] });
    expect(compileAndRun(path, join(path, 'node_modules/typescript/bin/tsc'))).toEqual([...RAN, `connected to ${SERVER}`]);
  });
});

describe('the steps of the README, word for word, in an empty folder', () => {
  const empty = temporaryFolder();
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const [, program, setUp, release] = /^```ts nofixture\n([^]*?)^```$[^]*?^```sh\n([^]*?)^```$[^]*?^```sh\n([^]*?)^```$/m.exec(readme.slice(readme.indexOf('## An example')))!;
  const env = { HOME: empty, KUBECONFIG: '', CDK8S_CHECK_UPGRADE: 'false', npm_config_prefer_offline: 'true', npm_config_cache: run('npm', ['config', 'get', 'cache'], { cwd: ROOT }).trim() };
  const shell = (step: string) => run('sh', ['-ec', step], { cwd: empty, env });
  const [upgrade, synth] = release.trim().split(/\n+/);

  beforeAll(() => {
    shell(setUp.replace('install cdk8s-lifecycle ', `install ${tarball} `)); // as if it were published
    writeFileSync(join(empty, 'main.ts'), program);
  });

  test('the program runs, and no rule finds fault with its hooks', () => {
    expect(shell("npx cdk8s-lifecycle lint --strict --app 'npx tsx main.ts'")).toBe('no findings\n');
  });

  test('its types fit, without a tsconfig.json', () => {
    expect(run(process.execPath, [TSC_HERE, '--noEmit', 'main.ts'], { cwd: empty })).toBe('');
  });

  test('the runner lacks nothing but a cluster', () => {
    expect(upgrade).toMatch(/^npx cdk8s-lifecycle upgrade /);
    expect(() => shell(upgrade)).toThrow(/ exited 65\n[^]*^error: there is no kubeconfig: /m);
  });

  test('cdk8s writes a chart, which helm has only to install', () => {
    const [write, install] = synth.split(' && ');
    expect(install).toMatch(/^helm upgrade shop dist /);
    shell(write);
    expect(readdirSync(join(empty, 'dist/templates'))).toEqual(['shop.k8s.yaml']);
    expect(readFileSync(join(empty, 'dist/Chart.yaml'), 'utf8')).toContain('version: "2.0.0"');
  });
});

describe('the steps of docs/charts.md, word for word, in an empty folder', () => {
  const empty = temporaryFolder();
  const guide = readFileSync(join(ROOT, 'docs/charts.md'), 'utf8');
  const [, setUp, program, steps] = /^```sh\n([^]*?)^```$[^]*?^```ts nofixture\n([^]*?)^```$[^]*?^```sh\n([^]*?)^```$/m.exec(guide)!;
  const env = { HOME: empty, KUBECONFIG: '', CDK8S_CHECK_UPGRADE: 'false', npm_config_prefer_offline: 'true', npm_config_cache: run('npm', ['config', 'get', 'cache'], { cwd: ROOT }).trim() };
  const shell = (step: string) => run('sh', ['-ec', step], { cwd: empty, env });

  beforeAll(() => {
    shell(setUp.replace('install cdk8s-lifecycle ', `install ${tarball} `)); // as if it were published
    writeFileSync(join(empty, 'main.ts'), program);
  });

  test('cdk8s writes the chart, which no rule finds fault with', () => {
    const [synth, lint] = steps.split('\n');
    expect([synth, lint]).toEqual([expect.stringMatching(/^npx cdk8s synth /), 'helm lint --strict dist']);
    shell(synth);
    expect(readFileSync(join(empty, 'dist/Chart.yaml'), 'utf8')).toContain('name: shop\nversion: 1.0.0\n');
    expect(shell('npx cdk8s-lifecycle lint --strict dist')).toBe('no findings\n');
  });

  test('without helm it is the same app, whose values are checked', () => {
    expect(shell("npx cdk8s-lifecycle lint --strict --app 'npx tsx main.ts' --set replicas=3")).toBe('no findings\n');
    expect(() => shell("npx cdk8s-lifecycle lint --app 'npx tsx main.ts' --set replica=3")).toThrow(/ exited 65\n[^]*replica is not known; did you mean "replicas"\?/);
  });

  test('its types fit, without a tsconfig.json', () => {
    expect(run(process.execPath, [TSC_HERE, '--noEmit', 'main.ts'], { cwd: empty })).toBe('');
  });
});
