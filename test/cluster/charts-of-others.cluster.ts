import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Background } from './background';
import { lifecycle, runProgram, succeeded } from './cli';
import { TestCluster, testCluster } from './cluster';
import { getObject, kubectl } from './kubectl';
import { createNamespace, deleteNamespace } from './namespace';

/* Charts with templates, definitions and a subchart, rendered by helm and run by us. */

const FILES = (group: string): Readonly<Record<string, string>> => ({
  'Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.2.0\nappVersion: "2.0"\n',
  'values.yaml': 'size: 1\nsub: { word: none }\n',
  'values.schema.json': '{"properties":{"size":{"type":"integer"}}}',
  'crds/trinket.yaml': JSON.stringify({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `trinkets.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind: 'Trinket', plural: 'trinkets', singular: 'trinket' },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true } } }],
    },
  }),
  'templates/trinket.yaml': `apiVersion: ${group}/v1\nkind: Trinket\nmetadata:\n  name: {{ .Release.Name }}\nspec:\n  size: {{ .Values.size }}\n`,
  'templates/facts.yaml': [
    'apiVersion: v1', 'kind: ConfigMap', 'metadata:', '  name: {{ .Release.Name }}-facts', 'data:',
    '  revision: {{ .Release.Revision | quote }}', '  isInstall: {{ .Release.IsInstall | quote }}',
    '  lookup: {{ lookup "v1" "Namespace" "" .Release.Namespace | empty | not | quote }}', '',
  ].join('\n'),
  'templates/NOTES.txt': 'Revision {{ .Release.Revision }}.\n',
  'charts/sub/Chart.yaml': 'apiVersion: v2\nname: sub\nversion: 0.1.0\n',
  'charts/sub/values.yaml': 'word: own\n',
  'charts/sub/templates/word.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}-sub\ndata:\n  word: {{ .Values.word }}\n',
});

describe.each(['helm3', 'helm4'] as const)('rendered by %s', (helm) => {
  const group = `${helm}-${randomBytes(3).toString('hex')}.example.com`;
  let cluster: TestCluster;
  let namespace: string;
  let folder: string;
  let chart: string;

  beforeAll(async () => {
    cluster = await testCluster();
    namespace = await createNamespace(`charts-${helm}`);
    folder = mkdtempSync(join(tmpdir(), 'charts-'));
    symlinkSync(cluster[helm], join(folder, 'helm')); // the base name of the binary is Helm's field manager
    chart = join(folder, 'shop');
    for (const [name, text] of Object.entries(FILES(group))) {
      mkdirSync(join(chart, name, '..'), { recursive: true });
      writeFileSync(join(chart, name), text);
    }
  });

  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await deleteNamespace(namespace);
    await kubectl(['delete', 'crd', `trinkets.${group}`, '--ignore-not-found', '--wait=false']);
  });

  const env = () => ({ KUBECONFIG: cluster.kubeconfig, HELM_BIN: join(folder, 'helm'), HELM_CACHE_HOME: join(folder, 'cache'), HELM_CONFIG_HOME: join(folder, 'config') });
  const ours = (...args: string[]) => lifecycle([...args, '-n', namespace], { env: env() });
  const theirs = async (...args: string[]) => succeeded(await runProgram(join(folder, 'helm'), [...args, '-n', namespace], { env: env() }));
  const data = async (name: string) => (await getObject<{ readonly data: object }>(`configmap/${name}`, namespace)).data;
  const size = async () => (await getObject<{ readonly spec: { readonly size: number } }>(`trinkets.${group}/web`, namespace)).spec.size;

  test('a plan shows what would be installed, and creates no definition', async () => {
    const plan = succeeded(await ours('plan', 'web', chart));
    expect(plan).toContain('Trinket/web');
    expect(plan).toContain('warning: helm cannot rehearse revision 1 before it begins');
    expect(await kubectl(['get', 'crd', `trinkets.${group}`, '--ignore-not-found'])).toBe('');
  });

  test('it is installed: the definition first, then what helm makes of the chart for this release, and this cluster', async () => {
    const out = succeeded(await ours('install', 'web', chart, '--set', 'sub.word=said'));
    expect(out).toContain(`created   CustomResourceDefinition/trinkets.${group}`);
    expect(out).toMatch(/NOTES:\nRevision 1.\n$/);
    expect([await data('web-facts'), await data('web-sub'), await size()]).toEqual([{ revision: '1', isInstall: 'true', lookup: 'true' }, { word: 'said' }, 1]);
  });

  test('it is upgraded from a package, with the values before, and helm goes on with it', async () => {
    await theirs('package', chart, '-d', folder);
    succeeded(await ours('upgrade', 'web', join(folder, 'shop-1.2.0.tgz'), '--reuse-values', '--set', 'size=1000000'));
    expect([await data('web-facts'), await data('web-sub'), await size()]).toEqual([{ revision: '2', isInstall: 'false', lookup: 'true' }, { word: 'said' }, 1_000_000]);
    expect(JSON.parse(await theirs('get', 'values', 'web', '-o', 'json'))).toEqual({ size: 1_000_000, sub: { word: 'said' } });
    await theirs('upgrade', 'web', chart, '--reuse-values');
    expect([await data('web-facts'), await size()]).toEqual([{ revision: '3', isInstall: 'false', lookup: 'true' }, 1_000_000]);
  });

  test('values that the schema of the chart refuses change nothing', async () => {
    const { code, stderr } = await ours('upgrade', 'web', chart, '--set', 'size=SECRETSECRET');
    expect([code, stderr]).toEqual([65, expect.stringMatching(/^error: helm cannot render the chart .*size/s)]);
    expect(stderr).not.toContain('SECRETSECRET');
  });

  /** Our own upgrade with a hook that never ends, killed while it waits. */
  async function upgradeThatDies(): Promise<void> {
    const slow = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'slow', annotations: { 'helm.sh/hook': 'pre-upgrade' } },
      spec: { suspend: true, template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'slow:1' }] } } },
    };
    const file = join(folder, 'slow.yaml');
    writeFileSync(file, JSON.stringify(slow));
    const upgrade = new Background(['upgrade', 'web', file, '-n', namespace], { env: env() });
    await upgrade.printed('hook-started');
    upgrade.signal('SIGKILL');
    await upgrade.ended;
  }

  test('what an upgrade that died has left is put right before helm is asked, which refuses it otherwise', async () => {
    const history = JSON.parse(await theirs('history', 'web', '-o', 'json')) as { readonly revision: number }[];
    const { revision } = history.at(-1)!;
    const name = `sh.helm.release.v1.web.v${revision + 1}`;
    await upgradeThatDies();
    expect(await kubectl(['get', 'secret', name, '-o', 'jsonpath={.metadata.labels.status}'], { namespace })).toBe('pending-upgrade');
    const out = succeeded(await ours('upgrade', 'web', chart));
    expect(out).toContain('upgrade web: succeeded');
    expect(await data('web-facts')).toMatchObject({ revision: String(revision + 2) });
  });

  test('an app whose chart has a subchart is rendered with it', async () => {
    const app = join(folder, 'app.js');
    const head = `apiVersion: v2\nname: whole\nversion: 1.0.0\ndependencies:\n  - { name: sub, version: 0.1.0, repository: "file://${join(chart, 'charts', 'sub')}" }\n`;
    const files = { 'Chart.yaml': head, 'values.yaml': 'sub: { word: ours }\n', 'templates/own.yaml': FILES(group)['templates/facts.yaml'] };
    writeFileSync(app, `for (const [name, text] of Object.entries(${JSON.stringify(files)})) {
      const path = require('path').join(process.env.CDK8S_OUTDIR, name);
      require('fs').mkdirSync(require('path').dirname(path), { recursive: true });
      require('fs').writeFileSync(path, text);
    }`);
    succeeded(await ours('install', 'whole', '--app', `'${process.execPath}' '${app}'`, '--set', 'sub.word=said'));
    expect([await data('whole-sub'), await data('whole-facts')]).toEqual([{ word: 'said' }, { revision: '1', isInstall: 'true', lookup: 'true' }]);
  });
});
