import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lifecycle, runProgram, succeeded } from './cli';
import { TestCluster, testCluster } from './cluster';
import { createNamespace, deleteNamespace } from './namespace';

/* `get` says what `helm get` says, byte for byte, so that scripts can use either; only the values of Secrets it prints on request alone. */

const CANARY = 'canary-2f1c';
const TEMPLATE = `# a comment
apiVersion: v1
kind: Secret
metadata: {name: creds}
stringData:
  password: ${CANARY}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {a: "1"}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: hooked
  annotations: {helm.sh/hook: "pre-install,pre-upgrade"}
---
apiVersion: v1
kind: Secret
metadata:
  name: early
  annotations: {helm.sh/hook: pre-install, helm.sh/hook-weight: "-1"}
stringData: {token: ${CANARY}}
`;

let cluster: TestCluster;
let folder: string;

beforeAll(async () => {
  cluster = await testCluster();
  folder = mkdtempSync(join(tmpdir(), 'get-'));
  mkdirSync(join(folder, 'templates'));
  writeFileSync(join(folder, 'Chart.yaml'), 'apiVersion: v2\nname: web\nversion: 1.2.3\nappVersion: "9"\n');
  writeFileSync(join(folder, 'templates', 'all.yaml'), TEMPLATE);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each([{ installer: 'helm3' as const }, { installer: 'helm4' as const }, { installer: 'ours' as const }])('of a release by $installer', ({ installer }) => {
  let namespace: string;
  const env = () => ({ KUBECONFIG: cluster.kubeconfig, HELM_CACHE_HOME: join(folder, 'cache'), HELM_CONFIG_HOME: join(folder, 'config') });
  const helm = async (helmBinary: 'helm3' | 'helm4', ...args: string[]) => succeeded(await runProgram(cluster[helmBinary], [...args, '-n', namespace], { env: env() }));
  const ours = async (...args: string[]) => succeeded(await lifecycle([...args, '-n', namespace], { env: env() }));

  beforeAll(async () => {
    namespace = await createNamespace(`get-${installer}`);
    await (installer === 'ours' ? ours('install', 'web', folder) : helm(installer, 'install', 'web', folder));
  });

  afterAll(() => deleteNamespace(namespace));

  test.each([['hooks'], ['manifest']])('get %s prints what both helms print', async (part) => {
    const shown = await ours('get', part, 'web', '--show-secrets');
    expect(shown).toContain(CANARY);
    expect([shown, shown]).toEqual([await helm('helm3', 'get', part, 'web'), await helm('helm4', 'get', part, 'web')]);
  });

  test.each([['hooks'], ['manifest'], ['all']])('get %s gives no value of a Secret away', async (part) => {
    for (const output of ['text', 'json']) {
      const shown = await ours('get', part, 'web', '-o', output);
      expect(shown).toContain('***');
      expect(shown).not.toContain(CANARY);
    }
  });
});
