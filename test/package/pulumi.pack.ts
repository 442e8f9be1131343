import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT, pack, run, temporaryFolder } from './packed';

/* The packed package in projects with Pulumi, and in those without. What else they have is linked, which takes no time. */

const folder = temporaryFolder();
pack(folder);

const TSC = require.resolve('typescript/bin/tsc');

function install(name: string, source: string): void {
  const link = join(folder, 'node_modules', name);
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(source, link);
}

function evaluate(program: string): string {
  return run(process.execPath, ['--eval', program], { cwd: folder }).trim();
}

/** What a program prints that loads something, and says which packages of Pulumi that has loaded. */
const loading = (what: string) => evaluate(`
  ${what};
  const packages = Object.keys(require.cache).map((file) => /node_modules.(@pulumi.[^/\\\\]+|@kubernetes.[^/\\\\]+)/.exec(file)?.[1]);
  console.log(JSON.stringify([...new Set(packages)].filter(Boolean).sort()));
`);

beforeAll(() => {
  install('cdk8s-lifecycle', join(folder, 'unpacked'));
  for (const name of ['cdk8s', 'cdk8s-plus-27', 'constructs', '@types/node']) install(name, join(ROOT, 'node_modules', name));
});

describe('without Pulumi', () => {
  test('the subpath for stacks says what to install', () => {
    expect(evaluate('try { require("cdk8s-lifecycle/pulumi") } catch (error) { console.log(error.message) }')).toBe(
      "cdk8s-lifecycle/pulumi needs @pulumi/pulumi and @pulumi/kubernetes, which are not installed: npm install '@pulumi/pulumi@^3.142.0' '@pulumi/kubernetes@^4'",
    );
  });

  test('everything else is there', () => {
    expect(loading('require("cdk8s-lifecycle"); require("cdk8s-lifecycle/runner")')).toBe('[]');
  });
});

describe('with Pulumi', () => {
  beforeAll(() => ['@pulumi/pulumi', '@pulumi/kubernetes'].forEach((name) => install(name, join(ROOT, 'node_modules', name))));

  test('nothing but the subpath for stacks loads it', () => {
    expect(loading('require("cdk8s-lifecycle"); require("cdk8s-lifecycle/runner")')).toBe('[]');
    expect(loading('if (typeof require("cdk8s-lifecycle/pulumi-provider").provider.delete !== "function") throw new Error("no provider")')).toBe('[]');
    expect(loading('require("cdk8s-lifecycle/pulumi")')).toBe('["@pulumi/kubernetes","@pulumi/pulumi"]');
  });

  const node10 = { module: 'commonjs', moduleResolution: 'node10', ignoreDeprecations: '6.0' };
  test.each([
    ['a CommonJS project', { type: 'commonjs' }, { module: 'node16' }],
    ['an ES module project', { type: 'module' }, { module: 'nodenext' }],
    ['a project of Pulumi\'s template', {}, node10],
    ['a project for a bundler', {}, { module: 'commonjs', moduleResolution: 'bundler' }],
  ])('a stack compiles and runs in %s', (name, manifest, options) => {
    const project = join(folder, name.replaceAll(' ', '-').replace('\'', ''));
    mkdirSync(project);
    writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, ...manifest }));
    const compilerOptions = { ...options, target: 'es2022', lib: ['es2022'], types: ['node'], strict: true, noEmitOnError: true };
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
    copyFileSync(join(__dirname, 'consumers/stack.ts'), join(project, 'stack.ts'));
    run(process.execPath, [TSC], { cwd: project });
    expect(run(process.execPath, ['stack.js'], { cwd: project }).trimEnd().split('\n')).toEqual([
      'cdk8s-lifecycle:index:HookedRelease shop',
      'pulumi-nodejs:dynamic/cdk8s-lifecycle:Opening shop-opening',
      'kubernetes:core/v1:ConfigMap shop:settings',
      'pulumi-nodejs:dynamic/cdk8s-lifecycle:Closing shop-closing',
      '{"post-install":["Job/migrate (0)"],"pre-upgrade":["Job/migrate (0)"]}',
      'function',
    ]);
  });
});
