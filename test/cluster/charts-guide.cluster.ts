import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import * as ts from 'typescript';
import { lifecycle, runProgram, succeeded } from './cli';
import { testCluster } from './cluster';
import { getObject } from './kubectl';
import { createNamespace, deleteNamespace } from './namespace';

/* What docs/charts.md begins with, on a real cluster: its program, and its calls of helm as they stand there. */

const ROOT = resolve(__dirname, '../..');
const GUIDE = readFileSync(join(ROOT, 'docs/charts.md'), 'utf8');
const [, program, steps] = /^```ts nofixture\n([^]*?)^```$[^]*?^```sh\n([^]*?)^```$/m.exec(GUIDE)!;
const APP = 'node main.js';

interface Deployment {
  readonly spec: { readonly replicas: number };
}

describe.each(['helm3', 'helm4'] as const)('%s', (helm) => {
  let namespace: string;
  let folder: string;
  let env: Record<string, string>;

  beforeAll(async () => {
    namespace = await createNamespace(`guide-${helm}`);
    folder = mkdtempSync(join(tmpdir(), 'charts-guide-'));
    for (const part of ['bin', 'node_modules']) mkdirSync(join(folder, part));
    symlinkSync((await testCluster())[helm], join(folder, 'bin/helm'));
    symlinkSync(ROOT, join(folder, 'node_modules/cdk8s-lifecycle')); // as if it were installed
    for (const name of ['cdk8s', 'cdk8s-plus-27', 'constructs']) symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
    writeFileSync(join(folder, 'main.js'), ts.transpileModule(program, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } }).outputText);
    env = {
      PATH: [join(folder, 'bin'), process.env.PATH].join(delimiter),
      KUBECONFIG: (await testCluster()).kubeconfig,
      HELM_NAMESPACE: namespace,
      HELM_CACHE_HOME: join(folder, 'cache'),
      HELM_CONFIG_HOME: join(folder, 'config'),
    };
  });

  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await deleteNamespace(namespace);
  });

  const replicas = async (release: string) => (await getObject<Deployment>(`deployment/${release}-web-server`, namespace)).spec.replicas;

  test('the chart is installed and tested as the guide says, and as well without helm', async () => {
    const [, ...calls] = steps.trim().split('\n');
    succeeded(await runProgram(join(ROOT, 'node_modules/.bin/cdk8s'), ['synth', '--check-upgrade=false', '--app', APP], { cwd: folder, env }));
    const printed = succeeded(await runProgram('sh', ['-ec', calls.join('\n')], { cwd: folder, env }));
    expect(printed).toContain(`It's open! 1 Pods of demo run in namespace ${namespace}. Test them with: helm test demo\n`);
    expect(await replicas('demo')).toBe(1);

    const ours = succeeded(await lifecycle(['install', 'other', '-n', namespace, '--app', APP, '--set', 'replicas=1', '--set-string', "greeting=It's open"], { cwd: folder, env }));
    expect(ours).toContain(`It's open! 1 Pods of other run in namespace ${namespace}. Test them with: helm test other\n`);
    expect(await replicas('other')).toBe(1);
  });
});
