import { cdk8s, javascript } from 'projen';

const project = new cdk8s.ConstructLibraryCdk8s({
  name: 'cdk8s-lifecycle',
  description: "Helm's hook lifecycle as typed cdk8s constructs, with an engine that runs it",
  keywords: ['cdk8s', 'kubernetes', 'helm', 'hooks', 'lifecycle', 'migrations', 'release'],
  author: 'The cdk8s-lifecycle authors',
  authorAddress: 'https://github.com/cdk8s-lifecycle',
  authorOrganization: true,
  copyrightOwner: 'The cdk8s-lifecycle authors',
  license: 'Apache-2.0',
  repositoryUrl: 'https://github.com/cdk8s-lifecycle/cdk8s-lifecycle.git',
  defaultReleaseBranch: 'main',
  projenrcTs: true,
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.19.0',
  jsiiVersion: '~6.0.0',
  cdk8sVersion: '2.70.106',
  constructsVersion: '10.5.0', // the first with mixins: `construct.with(HelmHook.preInstall())`
  peerDeps: ['cdk8s-plus-27@^2.9.5'],
  // jsii refuses plain dependencies outside its world; a bundled one travels in the package.
  bundledDeps: ['js-yaml@^4.3.2'],
  devDeps: [
    '@kubernetes/client-node@^1.4.0', // 2.x needs Node 22
    '@pulumi/kubernetes@^4',
    '@pulumi/pulumi@3.248.0', // the last for Node 20
    '@types/js-yaml@^4',
    '@types/node@^20',
    'ajv@^8', // validates values; inside the bundle of the command line
    'cdk8s-cli@^2.207.60',
    'commander@^14',
    'diff@^9',
    'esbuild@^0.28',
    'fast-check@^4',
    'string-width@^8',
  ],
  tsconfig: {
    compilerOptions: {
      module: 'node20', // may require() ESM-only packages; projen's default node16 may not (TS1479)
    },
  },
  bin: { 'cdk8s-lifecycle': 'bin/cdk8s-lifecycle.js' },
  autoDetectBin: false, // what lies in bin/ is built, and not there on a fresh clone
  publishToPypi: { distName: 'cdk8s-lifecycle', module: 'cdk8s_lifecycle' },
  publishToMaven: {
    javaPackage: 'io.github.cdk8slifecycle',
    mavenGroupId: 'io.github.cdk8s-lifecycle',
    mavenArtifactId: 'cdk8s-lifecycle',
  },
  publishToGo: { moduleName: 'github.com/cdk8s-lifecycle/cdk8s-lifecycle-go' },
  publishToNuget: { dotNetNamespace: 'Cdk8sLifecycle', packageId: 'Cdk8sLifecycle' },
  github: false,
  release: false,
  depsUpgrade: false,
  vscode: false,
  // Without a slash at its end: in a second work tree it may be a link, and a link that is committed replaces the folder of whoever merges it.
  gitignore: ['/bin/', '/examples/*/dist/', '/node_modules', '/.jsii.tabl.json.gz', '__pycache__/'],
  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    junitReporting: false,
    jestConfig: {
      collectCoverage: false,
      testTimeout: 30_000, // of a machine that does much else
      maxWorkers: '100%',
      workerIdleMemoryLimit: '1GB', // what many files leave behind slows the next ones down
      // ESM-only packages reach jest's CommonJS world through the same transform as our own TypeScript.
      transformIgnorePatterns: ['node_modules/(?!(@kubernetes/client-node|openid-client|oauth4webapi|jose|string-width|strip-ansi|ansi-regex|get-east-asian-width)/)'],
    },
  },
});
project.jest!.config.testMatch = ['<rootDir>/test/**/*.test.ts', '<rootDir>/examples/**/*.test.ts'];
project.jest!.config.transform = { '^.+\\.[tj]s$': '<rootDir>/test/esbuild-transform.js' };
project.jest!.config.moduleNameMapper = { '^cdk8s-lifecycle$': '<rootDir>/src/index.ts', '^cdk8s-lifecycle/runner$': '<rootDir>/src/runner.ts' };
project.jest!.config.moduleNameMapper['^cdk8s-lifecycle/pulumi$'] = '<rootDir>/src/pulumi/index.ts';
project.jest!.config.moduleNameMapper['^cdk8s-lifecycle/testing$'] = '<rootDir>/src/testing/index.ts';
project.deps.removeDependency('ts-jest');

project.package.addVersion('0.1.0');
project.npmignore?.exclude('/docs/', '/examples/', '/.ci/', '/API.md', '/lib/cli/', '/lib/.compiled', '/lib/report/diff-text.*', '/.npmrc', '/SECURITY.md', '*.tgz');
// 1.13.0 was published without the binaries of several platforms, so that no lock file with it satisfies `npm ci`.
project.package.addPackageResolutions('unrs-resolver@1.12.2');
project.npmrc.addConfig('omit-lockfile-registry-resolved', 'true');
project.npmrc.addConfig('fund', 'false');
project.npmrc.addConfig('audit', 'false');

project.eslint?.addRules({
  '@typescript-eslint/no-explicit-any': 'error',
  'import/order': ['warn', {
    groups: ['builtin', 'external', 'internal', 'parent', 'sibling', 'index'],
    alphabetize: { order: 'asc', caseInsensitive: true },
    pathGroups: [{ pattern: 'cdk8s-lifecycle{,/**}', group: 'external' }], // the examples import the package by its own name
    pathGroupsExcludedImportTypes: ['builtin'],
  }],
  'import/no-extraneous-dependencies': 'off', // test/architecture.test.ts holds the import table, room by room
});
project.eslint?.addIgnorePattern('examples/**/imports/');
project.eslint?.addLintPattern('examples');

// Subpaths outside the jsii assembly: plain TypeScript for Node.
project.addFields({
  exports: {
    '.': { types: './lib/index.d.ts', default: './lib/index.js' },
    './runner': { types: './lib/runner.d.ts', default: './lib/runner.js' },
    './pulumi': { types: './lib/pulumi/index.d.ts', default: './lib/pulumi/index.js' },
    './pulumi-provider': { types: './lib/pulumi/provider.d.ts', default: './lib/pulumi/provider.js' },
    './testing': { types: './lib/testing/index.d.ts', default: './lib/testing/index.js' },
    './events.schema.json': './schemas/events.schema.json',
    './package.json': './package.json',
    './.jsii': './.jsii',
  },
  typesVersions: {
    '*': {
      'runner': ['lib/runner.d.ts'],
      'pulumi': ['lib/pulumi/index.d.ts'],
      'pulumi-provider': ['lib/pulumi/provider.d.ts'],
      'testing': ['lib/testing/index.d.ts'],
    },
  },
  // Named here alone: npm installs nothing, pnpm links it, and jsii does not ask for its assembly.
  peerDependenciesMeta: {
    '@kubernetes/client-node': { optional: true },
    '@pulumi/kubernetes': { optional: true },
    '@pulumi/pulumi': { optional: true },
  },
});

new javascript.TypescriptConfig(project, {
  fileName: 'examples/tsconfig.json',
  extends: javascript.TypescriptConfigExtends.fromPaths(['../tsconfig.json']),
  compilerOptions: { noEmit: true, rootDir: '..', declaration: false },
  include: ['**/*.ts'],
  exclude: ['node_modules'],
});

// --- tasks ------------------------------------------------------------------------------------------------------

const tsNode = 'ts-node --transpile-only';
const quietJsii = { JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };

// Not least of a name that is a reserved word of another language.
project.compileTask.reset('jsii --fail-on-warnings');
project.compileTask.env('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', quietJsii.JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION);
project.compileTask.prependExec(`${tsNode} projenrc/embed-scripts.ts`, { name: 'embed the shell scripts of hooks' });
project.compileTask.prependExec(`${tsNode} projenrc/compiled.ts clean`);
project.compileTask.exec(`${tsNode} projenrc/bundle-cli.ts`, { name: 'bundle the command line into one file' });
project.compileTask.exec(`${tsNode} projenrc/compiled.ts stamp`);

const compiled = project.addTask('compiled', {
  description: 'Compile if the sources changed since the last time',
  exec: `${tsNode} projenrc/compiled.ts ensure`,
});

const typecheck = project.addTask('typecheck', {
  description: 'Check the types of tests and examples',
  steps: [{ exec: 'tsc --noEmit --project test/tsconfig.json' }, { exec: 'tsc --noEmit --project examples/tsconfig.json' }],
});

project.testTask.reset();
project.testTask.spawn(compiled);
project.testTask.spawn(typecheck);
project.testTask.exec('jest', { receiveArgs: true });
if (project.eslint) project.testTask.spawn(project.eslint.eslintTask);

project.addTask('demo', {
  description: 'A whole release life on the simulated cluster',
  exec: `${tsNode} projenrc/run-example.ts examples/webapp/demo.ts`,
});

project.addTask('readme', {
  description: 'Put what the commands of the README print into it',
  steps: [{ spawn: compiled.name }, { exec: `${tsNode} projenrc/readme-outputs.ts` }],
});

project.addTask('cluster', {
  description: 'A real Kubernetes on this machine: up | down | env | build',
  exec: `${tsNode} --project test/tsconfig.json test/cluster/main.ts`,
  receiveArgs: true,
});

project.addTask('test:cluster', {
  description: 'Run the tests that need a real cluster',
  steps: [{ spawn: compiled.name }, { exec: 'jest --config test/cluster/jest.config.json', receiveArgs: true }],
});

project.addTask('test:conformance', {
  description: 'Hold every behaviour against helm 3 and helm 4 on a real cluster, and print the table',
  steps: [{ spawn: compiled.name }, { exec: 'jest --config test/conformance/jest.config.json', receiveArgs: true }],
});

project.addTask('test:pulumi', {
  description: "Run the lifecycle inside stacks, on Pulumi's real engine and a real cluster",
  steps: [{ spawn: compiled.name }, { exec: 'jest --config test/pulumi/jest.config.json', receiveArgs: true }],
});

project.addTask('bench', {
  description: 'Measure against helm 3 and helm 4 on a real cluster; --smoke measures what is promised, and no more',
  steps: [{ spawn: compiled.name }, { exec: `${tsNode} --project test/tsconfig.json test/bench/main.ts`, receiveArgs: true }],
});

project.addTask('test:faults', {
  description: 'Let every call of every operation fail in every way, and try thousands of lives of a release; npm test tries a part of both',
  steps: [{ exec: 'jest test/lifecycle/run/fault-anywhere.test.ts test/lifecycle/properties', receiveArgs: true }],
  env: { FAULTS: 'all', PROPERTY_RUNS: '2000' },
});

project.addTask('test:mutants', {
  description: 'Plant defects in the engine, and see that the tests notice each of them',
  steps: [{ exec: 'jest --config test/mutants/jest.config.json', receiveArgs: true }],
});

// What stands beside the assembly in the package: the examples in Python, Java, Go and C#, for the documentation of those.
const apiExamples = project.addTask('api-examples', {
  description: 'Compile every example of the API, and translate it into the other languages',
  steps: [{ exec: 'jsii-rosetta extract --strict --batch --compress-tablet' }],
  env: quietJsii,
});
project.postCompileTask.spawn(apiExamples);

project.addTask('test:package', {
  description: 'Install the packed package into projects of every kind',
  steps: [{ spawn: compiled.name }, { spawn: apiExamples.name }, { exec: 'jest --config test/package/jest.config.json', receiveArgs: true }],
});

// Sources for the other languages are generated, which needs none of their toolchains; test:package builds Python, Go and Java from them, and runs these.
project.packageTask.reset();
project.packageTask.exec('jsii-pacmak --code-only --target python --target java --target go --target dotnet --outdir dist', { env: quietJsii });

project.synth();
