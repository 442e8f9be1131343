import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configMap, job, object } from '../../release/manifests';
import { SimulatedCli } from '../simulated-cli';
import { valuesApp } from '../values-app';

const SECRET = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: creds\nstringData:\n  password: canary\n';
const SECRET_HOOK = object('v1', 'Secret', 'early', { stringData: { token: 'canary' } }, { on: 'pre-install' });
const MIGRATE = job('migrate', { on: 'post-install', weight: -1 });

let cli: SimulatedCli;
let path: string;

beforeEach(async () => {
  cli = await SimulatedCli.open();
  path = cli.manifests(SECRET, configMap('settings'), SECRET_HOOK, MIGRATE);
  expect((await cli.run('install', 'web', path)).code).toBe(0);
});

afterEach(() => cli.close());

const CREDS = (password: string) => `---\n# Source: ${path}\napiVersion: v1\nkind: Secret\nmetadata:\n  name: creds\nstringData:\n  password: ${password}\n`;

test('get manifest prints what helm get manifest prints, with the values of Secrets masked', async () => {
  const { code, out, err } = await cli.run('get', 'manifest', 'web');
  expect([code, err]).toEqual([0, []]);
  expect(out.join('\n')).toBe(`${CREDS("'***'")}---\n# Source: ${path}\n${JSON.stringify(configMap('settings'))}\n`);
});

test('get manifest --show-secrets prints it as it was written', async () => {
  const { out } = await cli.run('get', 'manifest', 'web', '--show-secrets');
  expect(out.join('\n')).toBe(`${CREDS('canary')}---\n# Source: ${path}\n${JSON.stringify(configMap('settings'))}\n`);
});

test('get hooks prints what helm get hooks prints, with the values of Secrets masked', async () => {
  const { out } = await cli.run('get', 'hooks', 'web');
  const annotations = '  name: early\n  annotations:\n    helm.sh/hook: pre-install\n';
  expect(out.join('\n')).toBe(
    `---\n# Source: ${path}\napiVersion: v1\nkind: Secret\nmetadata:\n${annotations}stringData:\n  token: '***'\n\n---\n# Source: ${path}\n${JSON.stringify(MIGRATE)}\n`,
  );
});

test('get all prints status, chart, how the hooks ran, hooks and manifest', async () => {
  const { out } = await cli.run('get', 'all', 'web');
  expect(out.slice(0, out.indexOf('HOOKS:'))).toEqual([
    'NAME:         web',
    'NAMESPACE:    shop',
    'REVISION:     1',
    'STATUS:       deployed',
    'UPDATED:      2026-01-01T00:00:00.000Z',
    'DESCRIPTION:  Install complete',
    'CHART:        web',
    'VERSION:      0.0.0',
    'APP_VERSION:',
    '',
    'HOOK          EVENTS        WEIGHT  LAST RUN   COMPLETED',
    'Secret/early  pre-install   0       Succeeded  2026-01-01T00:00:00.000Z',
    'Job/migrate   post-install  -1      Succeeded  2026-01-01T00:00:02.000Z',
    '',
  ]);
  expect(out).toContain('MANIFEST:');
  expect(out.join('\n')).not.toContain('canary');
});

test.each([
  ['hooks', { hooks: [{ hook: 'Secret/early', events: ['pre-install'] }, { hook: 'Job/migrate', weight: -1, phase: 'Succeeded', manifest: `${JSON.stringify(MIGRATE)}\n` }] }],
  ['manifest', { manifest: expect.stringContaining("password: '***'") }],
  ['all', { status: 'deployed', chart: 'web', version: '0.0.0', notes: '', hooks: [{}, {}], manifest: expect.stringContaining("password: '***'") }],
])('get %s as JSON is one object', async (part, fields) => {
  const { out } = await cli.run('get', part, 'web', '-o', 'json');
  expect(JSON.parse(out.join('\n'))).toMatchObject({ name: 'web', namespace: 'shop', revision: 1, ...fields });
  expect(out.join('\n')).not.toContain('canary');
});

describe('of two revisions', () => {
  beforeEach(async () => {
    await cli.run('upgrade', 'web', cli.manifests(configMap('second')));
  });

  test('the last is shown, or the one that is named', async () => {
    const manifest = async (...flags: readonly string[]) => (await cli.run('get', 'manifest', 'web', ...flags)).out.join('\n');
    expect([await manifest(), await manifest('--revision', '1')]).toEqual([expect.stringContaining('second'), expect.stringContaining('settings')]);
  });

  test('status shows the one that is named, too', async () => {
    const { out } = await cli.run('status', 'web', '--revision', '1');
    expect(out.slice(2, 4)).toEqual(['REVISION:     1', 'STATUS:       superseded']);
  });

  test.each([['get', 'all'], ['status']])('%s %s of one that is not there names those that are', async (...command) => {
    const { code, err } = await cli.run(...command, 'web', '--revision', '7');
    expect([code, err]).toEqual([1, ['error: Release "web" has no revision 7', '  Its revisions are 1, 2.']]);
  });
});

test.each([
  [['get', 'value', 'web']],
  [['get', 'all', 'web', '--all']],
  [['get', 'web']],
  [['get', 'hooks', 'web', '--revision', '0']],
  [['status', 'web', '--revision', 'one']],
])('%j is wrong usage', async (args) => {
  expect((await cli.run(...args)).code).toBe(64);
});

test('what would move the cursor of a terminal is printed as text', async () => {
  await cli.run('upgrade', 'web', cli.manifests('apiVersion: v1\r\nkind: ConfigMap\r\nmetadata:\r\n  name: a # \u202e\r\n'));
  expect((await cli.run('get', 'manifest', 'web')).out.at(-2)).toBe('  name: a # \\u202e');
});

describe('of a chart with values', () => {
  let folder: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'get-'));
    expect((await cli.run('install', 'api', '--app', valuesApp(folder), '--set', 'replicas=2,password=hunter22,image.tag=null')).code).toBe(0);
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const get = async (...args: readonly string[]) => (await cli.run('get', ...args)).out.join('\n');

  test('get values prints what the user said, as helm does, but for what a Secret holds', async () => {
    expect(await get('values', 'api')).toBe("USER-SUPPLIED VALUES:\nimage:\n  tag: null\npassword: '***'\nreplicas: 2");
    expect(await get('values', 'api', '--show-secrets')).toBe('USER-SUPPLIED VALUES:\nimage:\n  tag: null\npassword: hunter22\nreplicas: 2');
    expect(JSON.parse(await get('values', 'api', '-o', 'json'))).toEqual({
      name: 'api', namespace: 'shop', revision: 1, values: { image: { tag: null }, password: '***', replicas: 2 },
    });
  });

  test('get values --all prints what the templates saw', async () => {
    expect(await get('values', 'api', '--all')).toBe("COMPUTED VALUES:\nimage:\n  name: web\npassword: '***'\nreplicas: 2");
  });

  test('get notes prints them', async () => {
    expect(await get('notes', 'api')).toBe('NOTES:\nRevision 1 of api has 2 replicas; the password is ***.');
    expect(await get('notes', 'api', '--show-secrets')).toContain('hunter22');
    expect(await get('all', 'api')).not.toContain('hunter22');
  });

  test('where nothing was said there is nothing to print', async () => {
    expect([await get('values', 'web'), await get('values', 'web', '-a'), await get('notes', 'web')]).toEqual(['USER-SUPPLIED VALUES:\nnull', 'COMPUTED VALUES:\n{}', '']);
  });
});
