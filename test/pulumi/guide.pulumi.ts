import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as kubernetes from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import * as cdk8s from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import * as ts from 'typescript';
import * as hooks from '../../src';
import * as hooked from '../../src/pulumi';
import { lifecycle } from '../cluster/cli';
import { testCluster } from '../cluster/cluster';
import { kubectl } from '../cluster/kubectl';
import { deleteNamespace } from '../cluster/namespace';
import { Outcome, Stack } from './engine';

/* The tutorial of docs/pulumi.md, word for word, on the real engine with real containers; what the guide shows of it is what is printed. */

const GUIDE = readFileSync(join(__dirname, '../../docs/pulumi.md'), 'utf8');
const MODULES: Readonly<Record<string, unknown>> = {
  '@pulumi/kubernetes': kubernetes, '@pulumi/pulumi': pulumi, cdk8s, 'cdk8s-lifecycle': hooks, 'cdk8s-lifecycle/pulumi': hooked, 'cdk8s-plus-27': kplus,
};

let namespace: string;
let stack: Stack;

beforeAll(async () => {
  namespace = `guide-${randomBytes(3).toString('hex')}`;
  stack = await Stack.create();
  await stack.configure('databasePassword', 's3cr3t-s3cr3t', { secret: true });
});

afterAll(async () => {
  await stack?.remove();
  await deleteNamespace(namespace);
});

/** The program of the guide, in a namespace of its own. */
function program(): object {
  const code = /`index\.ts`:\n\n```ts nofixture\n([^]*?)^```$/m.exec(GUIDE)![1].replace("name: 'shop' }", `name: '${namespace}' }`);
  const { outputText } = ts.transpileModule(code, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  const exported = {};
  new Function('require', 'exports', outputText)((name: string) => MODULES[name] ?? createRequire(__filename)(name), exported);
  return exported;
}

/** What a resource is said to have met with, without what differs from run to run; resources by their names, as the engine puts them in any order. */
function told(diagnostics: string): string[] {
  const blocks = diagnostics.replaceAll(namespace, 'shop').replace(/\d+\.\d s/g, 'N s').split('\n\n').map((block) => block.split('\n').map((line) => line.trimEnd()).filter(Boolean).join('\n'));
  return blocks.map((block) => block.replace('(shop-test)', '(shop-dev)')).sort();
}

function shown(of: string): string[] {
  const block = new RegExp(`<!-- output of the tutorial: ${of} -->\n\`\`\`\nDiagnostics:\n([^]*?)\`\`\``).exec(GUIDE);
  return told(block![1].trimEnd());
}

/** The diagnostics that an operation ends with. */
function diagnosticsOf({ output }: Outcome): string[] {
  return told(/^Diagnostics:\n([^]*?)\n\n(?:Outputs|Resources):/m.exec(output)?.[1] ?? '');
}

test('a first preview and up', async () => {
  const preview = await stack.preview(program);
  expect(diagnosticsOf(preview)).toEqual(shown('preview of 1.0'));
  expect(diagnosticsOf(await stack.up(program))).toEqual(shown('up to 1.0'));
});

test('a hook fails, and to go back runs nothing', async () => {
  await stack.configure('version', '2.0');
  expect(diagnosticsOf(await stack.up(program))).toEqual(shown('up to 2.0'));
  const log = await kubectl(['logs', 'job/shop-migrate'], { namespace });
  expect(log).toBe('migrating to 2.0\nERROR: column email contains null values\n');
  await stack.configure('version', '1.0');
  expect(await stack.up(program)).toMatchObject({ failed: false, changes: { same: 8 } });
});

test('with the migration mended it goes on, and what the failed one printed is kept although its Job is gone', async () => {
  await stack.configure('version', '2.1');
  expect(diagnosticsOf(await stack.up(program))).toEqual(shown('up to 2.1'));
  const { kubeconfig: KUBECONFIG } = await testCluster();
  const logs = await lifecycle(['logs', 'shop', 'shop-migrate', '--revision', '2', '-n', namespace], { env: { KUBECONFIG } });
  expect(logs.stdout).toBe('migrating to 2.0\nERROR: column email contains null values\n');
});

test('one resource is changed without any hook', async () => {
  await stack.configure('version', '2.2');
  const up = await stack.up(program, { target: ['shop:shop-web'] });
  expect(up).toMatchObject({ failed: false, changes: { update: 1 } });
});

test('destroy', async () => {
  const destroyed = await stack.destroy();
  expect(destroyed.failed).toBe(false);
  expect(diagnosticsOf(destroyed)).toEqual(shown('destroy'));
});
