import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../src/cli/program';

const COMMANDS = ['install', 'upgrade', 'rollback', 'uninstall', 'plan', 'diff', 'status', 'history', 'get'];
const GOOD = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';
const BAD = 'apiVersion: batch/v1\nkind: Job\nmetadata: {name: m, annotations: {helm.sh/hook: pre-instal}}\n';

interface Result {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'program-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

async function cli(...args: readonly string[]): Promise<Result> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await main(args, { out: (line) => out.push(line), err: (line) => err.push(line), colour: false }, '1.2.3');
  return { code, out: out.join('\n'), err: err.join('\n') };
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function kubeconfig(port: number): string {
  return file('kubeconfig', JSON.stringify({
    'clusters': [{ name: 'x', cluster: { server: `https://127.0.0.1:${port}` } }],
    'users': [{ name: 'x', user: {} }],
    'contexts': [{ name: 'x', context: { cluster: 'x', user: 'x' } }],
    'current-context': 'x',
  }));
}

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { readonly port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test('--help lists every command and the exit codes', async () => {
  const { code, out, err } = await cli('--help');
  expect([code, err]).toEqual([0, '']);
  for (const command of COMMANDS) expect(out).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
  for (const exit of [0, 1, 2, 3, 64, 65, 130]) expect(out).toMatch(new RegExp(`^  ${exit} `, 'm'));
});

test.each(COMMANDS)('%s has its own help', async (command) => {
  const { code, out } = await cli(command, '--help');
  expect([code, out.split('\n')[0]]).toEqual([0, expect.stringMatching(new RegExp(`^Usage: cdk8s-lifecycle ${command} \\[options\\] (<part> )?<release>`))]);
});

test('--version prints the version', async () => {
  expect(await cli('--version')).toEqual({ code: 0, out: '1.2.3', err: '' });
});

test.each<[string, string[], RegExp]>([
  ['no command', [], /Usage: cdk8s-lifecycle/],
  ['an unknown command', ['instal', 'web'], /error: unknown command 'instal'\n\(Did you mean install\?\)/],
  ['an unknown flag', ['install', 'web', '--nope'], /error: unknown option '--nope'/],
  ['a missing release', ['upgrade'], /error: missing required argument 'release'/],
  ['too many arguments', ['uninstall', 'web', 'more'], /error: too many arguments/],
  ['a flag without its value', ['install', 'web', '--kubeconfig'], /error: option '--kubeconfig <file>' argument missing/],
  ['an unknown format', ['status', 'web', '-o', 'yaml'], /error: option '-o, --output <format>' argument 'yaml' is invalid/],
  ['an unknown operation', ['plan', 'web', '--for', 'test', 'a.yaml'], /argument 'test' is invalid/],
  ['no manifests', ['install', 'web'], /error: no manifests: name files or folders, - for standard input, or --app COMMAND/],
  ['a plan without the manifests that it was made of', ['install', 'web', '--plan', 'p.json'], /error: no manifests, and the plan p.json holds none: give those/],
  ['--app beside manifests', ['install', 'web', 'a.yaml', '--app', 'x'], /error: --app and manifests exclude each other: name one of them/],
  ['a command of --app that is not closed', ['install', 'web', '--app', "npx 'x"], /has a quote that is not closed/],
  ['a revision that is no number', ['rollback', 'web', 'v1'], /error: "v1" is no revision/],
  ['a release name that Helm refuses', ['uninstall', 'Web_1'], /error: "Web_1" is no release name/],
  ['a release name that Helm refuses, for status', ['status', 'Web_1'], /error: "Web_1" is no release name/],
  ['a release name that Helm refuses, in a dry run', ['uninstall', 'Web_1', '--dry-run'], /error: "Web_1" is no release name/],
])('%s is wrong usage', async (_case, args, message) => {
  const { code, err } = await cli(...args);
  expect([code, err]).toEqual([64, expect.stringMatching(message)]);
});

test.each(['install', 'upgrade', 'plan', 'diff', 'rbac'])('manifests that are wrong are bad input for %s, before a cluster is looked for', async (command) => {
  const path = file('bad.yaml', `${GOOD}---\n${BAD}`);
  const { code, out, err } = await cli(command, 'web', path, '--kubeconfig', join(folder, 'missing'));
  expect([code, out]).toEqual([65, '']);
  expect(err.split('\n')).toEqual([
    `error: ${path}, document 2 (line 5): Job/m: helm.sh/hook names "pre-instal", which Helm does not know (it would drop the whole object without a word)`,
    '  Did you mean "pre-install"?',
  ]);
});

test.each([
  [['install', '--timeout', 'soon'], '--timeout "soon" is not a duration above zero'],
  [['upgrade', '--history-max', 'all'], '--history-max (or HELM_MAX_HISTORY) is a number of revisions'],
  [['install', '--lock-timeout', 'soon'], '--lock-timeout "soon" is not a duration'],
  [['rollback', '--timeout', 'soon'], '--timeout "soon" is not a duration above zero'],
])('%j is wrong usage, before a cluster is looked for', async ([command, ...flags], message) => {
  const manifests = command === 'rollback' ? [] : [file('a.yaml', GOOD)];
  const { code, err } = await cli(command, 'web', ...manifests, ...flags, '--kubeconfig', join(folder, 'missing'));
  expect([code, err]).toEqual([64, expect.stringContaining(message)]);
});

test.each(['install', 'upgrade', 'rollback', 'uninstall', 'status', 'history'])('a kubeconfig that is missing is bad input for %s', async (command) => {
  const manifests = ['install', 'upgrade'].includes(command) ? [file('a.yaml', GOOD)] : [];
  const { code, err } = await cli(command, 'web', ...manifests, '--kubeconfig', join(folder, 'missing'));
  expect([code, err]).toEqual([65, expect.stringMatching(/^error: cannot read kubeconfig .*\n {2}Name a file that exists with --kubeconfig or KUBECONFIG\.$/)]);
});

test.each(['install', 'upgrade', 'rollback', 'uninstall', 'status', 'history', 'plan'])('a server that cannot be reached fails %s at once', async (command) => {
  const manifests = ['install', 'upgrade', 'plan'].includes(command) ? [file('a.yaml', GOOD)] : [];
  const port = await closedPort();
  const started = Date.now();
  const { code, out, err } = await cli(command, 'web', ...manifests, '--kubeconfig', kubeconfig(port));
  expect([code, out]).toEqual([1, '']);
  expect(err).toContain(`the API server https://127.0.0.1:${port} cannot be reached: connect ECONNREFUSED 127.0.0.1:${port}`);
  expect(Date.now() - started).toBeLessThan(3000);
});

test('a context that is not in the kubeconfig is bad input', async () => {
  expect(await cli('status', 'web', '--kubeconfig', kubeconfig(1), '--context', 'nope')).toEqual({
    code: 65, out: '', err: 'error: the kubeconfig has no context "nope"\n  It has x.',
  });
});
