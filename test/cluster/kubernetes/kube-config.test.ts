import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type * as Os from 'node:os';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { loadKubeConfig } from '../../../src/cluster/kubernetes/kube-config';

const VARIABLES = ['KUBECONFIG', 'KUBERNETES_SERVICE_HOST'];
let folder: string;
let saved: (string | undefined)[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kube-config-'));
  saved = VARIABLES.map((name) => process.env[name]);
  for (const name of VARIABLES) delete process.env[name];
  jest.spyOn(jest.requireActual<typeof Os>('node:os'), 'homedir').mockReturnValue(folder);
});

afterEach(() => {
  jest.restoreAllMocks();
  VARIABLES.forEach((name, index) => {
    if (saved[index] === undefined) delete process.env[name];
    else process.env[name] = saved[index];
  });
  rmSync(folder, { recursive: true });
});

function config(name: string, current = name): string {
  return JSON.stringify({
    'apiVersion': 'v1',
    'kind': 'Config',
    'clusters': [{ name, cluster: { server: `https://${name}.example.com` } }],
    'users': [{ name, user: { token: 't' } }],
    'contexts': [{ name, context: { cluster: name, user: name, namespace: `${name}-ns` } }],
    'current-context': current,
  });
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function home(text: string): string {
  mkdirSync(join(folder, '.kube'));
  return file('.kube/config', text);
}

const server = (options: Parameters<typeof loadKubeConfig>[0] = {}) => loadKubeConfig(options).getCurrentCluster()?.server;

function refusal(options: Parameters<typeof loadKubeConfig>[0] = {}): { readonly code: string; readonly message: string; readonly remedy?: string } {
  try {
    loadKubeConfig(options);
  } catch (error) {
    return error as ReturnType<typeof refusal>;
  }
  throw new Error('nothing was refused');
}

test('the file that is named counts before KUBECONFIG, and that before the file at home', () => {
  home(config('home'));
  const found = [server()];
  process.env.KUBECONFIG = file('variable', config('variable'));
  found.push(server(), server({ kubeconfig: file('named', config('named')) }));
  expect(found).toEqual(['https://home.example.com', 'https://variable.example.com', 'https://named.example.com']);
});

test('an empty KUBECONFIG counts as none', () => {
  home(config('home'));
  process.env.KUBECONFIG = '';
  expect(server()).toBe('https://home.example.com');
});

test('the files of KUBECONFIG are read as one, and the current context is the first', () => {
  process.env.KUBECONFIG = ['', file('a', config('a')), file('b', config('b'))].join(delimiter);
  expect([server(), server({ context: 'b' })]).toEqual(['https://a.example.com', 'https://b.example.com']);
});

test('of two entries of one name in the files of KUBECONFIG, the first counts', () => {
  const second = config('a').replace('https://a.example.com', 'https://other.example.com');
  process.env.KUBECONFIG = [file('first', config('a')), file('second', second)].join(delimiter);
  expect(server()).toBe('https://a.example.com');
});

test('of the files of KUBECONFIG, those that are missing do not count', () => {
  process.env.KUBECONFIG = [join(folder, 'missing'), file('b', config('b'))].join(delimiter);
  expect(server()).toBe('https://b.example.com');
});

test('no kubeconfig at all is bad input, and says where was looked', () => {
  expect(refusal()).toMatchObject({
    code: 'bad-input',
    message: `there is no kubeconfig: --kubeconfig and KUBECONFIG are not set, this is no Pod, and ${join(folder, '.kube', 'config')} does not exist`,
    remedy: 'Name one with --kubeconfig FILE.',
  });
});

test.each(['--kubeconfig', 'KUBECONFIG'])('a file that %s names and that is missing is bad input', (how) => {
  const path = join(folder, 'missing');
  if (how === 'KUBECONFIG') process.env.KUBECONFIG = path;
  expect(refusal(how === 'KUBECONFIG' ? {} : { kubeconfig: path })).toMatchObject({
    code: 'bad-input',
    message: expect.stringMatching(/^cannot read kubeconfig .*\/missing: .*ENOENT: no such file or directory/) as string,
    remedy: 'Name a file that exists with --kubeconfig or KUBECONFIG.',
  });
});

test('a folder is no kubeconfig', () => {
  expect(refusal({ kubeconfig: folder }).message).toMatch(/^cannot read kubeconfig .*EISDIR/);
});

test.each([
  ['broken YAML', 'a: ['],
  ['a list', '- a'],
  ['text', 'hello'],
  ['nothing', ''],
  ['clusters without a server', '{"clusters":[{"name":"a","cluster":{}}],"contexts":[{"name":"a","context":{"cluster":"a","user":"a"}}],"users":[],"current-context":"a"}'],
])('%s is no kubeconfig', (_case, text) => {
  expect(refusal({ kubeconfig: file('bad', text) })).toMatchObject({ code: 'bad-input', message: expect.not.stringContaining('\n') as string });
});

test('a context that is not there is bad input, and says which there are', () => {
  expect(refusal({ kubeconfig: file('a', config('a')), context: 'b' })).toMatchObject({ code: 'bad-input', message: 'the kubeconfig has no context "b"', remedy: 'It has a.' });
});

test('a kubeconfig without a current context is bad input, unless one is named', () => {
  const path = file('a', config('a', ''));
  expect(refusal({ kubeconfig: path }).message).toBe('the kubeconfig has no current context that names a cluster');
  expect(server({ kubeconfig: path, context: 'a' })).toBe('https://a.example.com');
});

test('the contents of a kubeconfig count before every file', () => {
  process.env.KUBECONFIG = file('variable', config('variable'));
  expect(server({ kubeconfigText: config('text'), kubeconfig: file('named', config('named')) })).toBe('https://text.example.com');
  expect(refusal({ kubeconfigText: config('text'), context: 'other' })).toMatchObject({ code: 'bad-input', message: 'the kubeconfig has no context "other"', remedy: 'It has text.' });
});

test.each([
  ['broken YAML', 'a: [canary'],
  ['a list', '- canary'],
  ['text', 'canary'],
  ['nothing', ''],
  ['a token that is no text', 'users: [{ name: canary, user: { token: { a: canary } } }'],
  ['clusters without a server', '{"clusters":[{"name":"canary","cluster":{}}],"contexts":[{"name":"a","context":{"cluster":"canary","user":"a"}}],"users":[],"current-context":"a"}'],
])('contents that are no kubeconfig are refused without a word of them: %s', (_case, kubeconfigText) => {
  const { code, message, remedy, ...rest } = refusal({ kubeconfigText });
  expect([code, message]).toEqual(['bad-input', expect.stringContaining('kubeconfig') as string]);
  expect(JSON.stringify([message, remedy, rest, (rest as Error).cause])).not.toContain('canary');
});
