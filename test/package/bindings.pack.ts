import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, run, temporaryFolder } from './packed';

const folder = temporaryFolder();
const LANGUAGES = ['python', 'java', 'go', 'dotnet'];

beforeAll(() => {
  const targets = LANGUAGES.flatMap((language) => ['--target', language]);
  const env = { JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };
  run(process.execPath, [require.resolve('jsii-pacmak/bin/jsii-pacmak'), '--code-only', ...targets, '--outdir', folder], { cwd: ROOT, env });
});

test.each([
  ['Python', 'python/src/cdk8s_lifecycle/__init__.py', 'class MigrationHook('],
  ['Java', 'java/src/main/java/io/github/cdk8slifecycle/MigrationHook.java', 'package io.github.cdk8slifecycle;'],
  ['Go', 'go/cdk8slifecycle/go.mod', 'module github.com/cdk8s-lifecycle/cdk8s-lifecycle-go/cdk8slifecycle\n'],
  ['Go', 'go/cdk8slifecycle/MigrationHook.go', 'type MigrationHook interface {'],
  ['.NET', 'dotnet/Cdk8sLifecycle/Cdk8sLifecycle/MigrationHook.cs', 'namespace Cdk8sLifecycle\n'],
])('%s gets the constructs under the name of the package: %s', (_, file, line) => {
  expect(readFileSync(join(folder, file), 'utf8')).toContain(line);
});

test('who installs the Python package gets the command line with it', () => {
  expect(readFileSync(join(folder, 'python/setup.py'), 'utf8')).toContain('_jsii/bin/cdk8s-lifecycle"');
});
