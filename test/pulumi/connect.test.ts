import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, connectionOptions } from '../../src/pulumi/connect';

const YAML = 'apiVersion: v1\nkind: Config\n';
const JSON_TEXT = '{"apiVersion":"v1","kind":"Config"}';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'connect-'));
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

test.each([
  ['nothing', {}, {}, {}],
  ['a context', { context: 'here' }, {}, { context: 'here' }],
  ['a path', { kubeconfig: '/a/config', context: 'here' }, {}, { kubeconfig: '/a/config', context: 'here' }],
  ['contents', { kubeconfig: YAML, context: 'here' }, {}, { kubeconfigText: YAML, context: 'here' }],
  ['contents in JSON', { kubeconfig: JSON_TEXT }, {}, { kubeconfigText: JSON_TEXT }],
  ['empty texts, which are none', { kubeconfig: '', context: '' }, {}, {}],
  ['what the environment says otherwise', { kubeconfig: YAML, context: 'here' }, { CDK8S_LIFECYCLE_KUBECONFIG: '/b' }, { kubeconfig: '/b' }],
  ['an environment that says nothing', { kubeconfig: '/a/config' }, { CDK8S_LIFECYCLE_KUBECONFIG: '' }, { kubeconfig: '/a/config' }],
])('%s: %j with %j leads to %j', (_case, connection, env, options) => {
  expect(connectionOptions(connection, env)).toEqual(options);
});

test('a path that looks like contents is one if the file is there', () => {
  const path = join(folder, '{config}');
  writeFileSync(path, YAML);
  expect(connectionOptions({ kubeconfig: path }, {})).toEqual({ kubeconfig: path });
});

test('a path that begins at home leads there, as in a shell', () => {
  expect(connectionOptions({ kubeconfig: '~/.kube/config' }, {})).toEqual({ kubeconfig: join(homedir(), '.kube/config') });
});

test('a kubeconfig leads to its cluster', () => {
  const kubeconfig = JSON.stringify({
    'clusters': [{ name: 'a', cluster: { server: 'https://a.example.com' } }],
    'users': [{ name: 'a', user: {} }],
    'contexts': [{ name: 'a', context: { cluster: 'a', user: 'a' } }],
    'current-context': 'a',
  });
  const { cluster, close } = connect({ kubeconfig });
  expect(cluster.name).toBe('https://a.example.com');
  close();
});

test('where none leads anywhere it is bad input, without a word of the contents', () => {
  const refused = () => connect({ kubeconfig: 'users: [{ token: canary\n' });
  expect(refused).toThrow(expect.objectContaining({ code: 'bad-input', message: expect.not.stringContaining('canary') as string }));
});
