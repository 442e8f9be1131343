import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configMap, job } from '../release/manifests';
import { SimulatedCli } from './simulated-cli';

let cli: SimulatedCli;
let folder: string;

beforeEach(async () => {
  cli = await SimulatedCli.open({ jobs: { bad: { exitCode: 1, logs: ['404'] }, smoke: { logs: ['200 OK'] } } });
  folder = mkdtempSync(join(tmpdir(), 'reports-'));
});

afterEach(() => {
  cli.close();
  rmSync(folder, { recursive: true, force: true });
});

const file = (name: string) => join(folder, name);
const read = (name: string) => readFileSync(file(name), 'utf8');

/** The kinds of the events in a report. */
function kinds(name: string): string[] {
  return read(name).trimEnd().split('\n').map((line) => (JSON.parse(line) as { readonly kind: string }).kind);
}

async function release(): Promise<string> {
  const manifests = cli.manifests(configMap('a'), job('smoke', { on: 'test' }), job('hello', { on: 'post-rollback,pre-delete,post-upgrade' }));
  await cli.run('install', 'web', manifests);
  return manifests;
}

test.each<[string, (manifests: string) => readonly string[], RegExp]>([
  ['install', (manifests) => ['install', 'other', manifests, '--take-ownership'], /name="install other"/],
  ['upgrade', (manifests) => ['upgrade', 'web', manifests], /name="Job\/hello"/],
  ['rollback', () => ['rollback', 'web', '1'], /classname="post-rollback" name="Job\/hello"/],
  ['uninstall', () => ['uninstall', 'web'], /classname="pre-delete" name="Job\/hello"/],
  ['test', () => ['test', 'web'], /<testcase classname="test" name="Job\/smoke" time="2.000">\n +<system-out>200 OK</],
  ['run-hooks', (manifests) => ['run-hooks', 'elsewhere', 'post-upgrade', manifests], /<testcase classname="post-upgrade" name="Job\/hello"/],
])('%s writes the reports that are asked for', async (_command, args, expected) => {
  const given = args(await release());
  const { code } = await cli.run(...given, '--report', `junit=${file('a.xml')},json=${file('a.jsonl')}`);
  expect([code, readdirSync(folder).sort()]).toEqual([0, ['a.jsonl', 'a.xml']]);
  expect(read('a.xml')).toMatch(expected);
  expect(kinds('a.jsonl').at(-1)).toBe('operation-finished');
});

test('reports come beside what is shown, and the events are those of -o json', async () => {
  const { out } = await cli.run('install', 'web', cli.manifests(configMap('a'), job('smoke', { on: 'post-install' })), '-o', 'json', '--report', `json=${file('a.jsonl')}`);
  expect(read('a.jsonl')).toBe(out.map((line) => `${line}\n`).join(''));
});

test('a failed operation is reported, with the exit code that it has', async () => {
  const { code } = await cli.run('install', 'web', cli.manifests(job('bad', { on: 'pre-install' })), '--report', `junit=${file('a.xml')}`);
  expect([code, /<failure message="([^"]*)"/.exec(read('a.xml'))?.[1]]).toEqual([1, 'failed: container &quot;main&quot; exited 1']);
});

test('an operation that is refused is reported with the reason', async () => {
  const { code } = await cli.run('upgrade', 'web', cli.manifests(configMap('a')), '--report', `junit=${file('a.xml')}`);
  expect([code, /<error message="([^"]*)"/.exec(read('a.xml'))?.[1]]).toEqual([1, expect.stringContaining('&quot;web&quot;')]);
});

test('lines that are not shown are reported', async () => {
  const { out } = await cli.run('install', 'web', cli.manifests(job('smoke', { on: 'pre-install' })), '--hook-logs', 'none', '--report', `junit=${file('a.xml')}`);
  expect([out.join('\n').includes('200 OK'), read('a.xml').includes('200 OK')]).toEqual([false, true]);
});

test('a report takes the place of the one before it, also behind a link', async () => {
  mkdirSync(file('kept'));
  writeFileSync(file('kept/a.xml'), 'old');
  symlinkSync('kept/a.xml', file('a.xml'));
  await cli.run('install', 'web', cli.manifests(configMap('a')), '--report', `junit=${file('a.xml')}`);
  expect([read('kept/a.xml').slice(0, 5), readdirSync(file('kept'))]).toEqual(['<?xml', ['a.xml']]);
});

test.each<[string, () => string, RegExp]>([
  ['a format that there is not', () => `pdf=${file('a')}`, /^error: --report wants FORMAT=FILE, the format one of junit, json, html?: not "pdf=/],
  ['no file', () => 'junit=', /not "junit="$/],
  ['no format', () => 'report.xml', /not "report\.xml"$/],
  ['one format of two that there is not', () => `junit=${file('a')},pdf=${file('b')}`, /not "pdf=/],
  ['one file for two', () => `junit=${file('a')},json=${file('a')}`, /twice/],
  ['a folder that there is not', () => `junit=${file('missing/a.xml')}`, /cannot be written: ENOENT/],
  ['a folder', () => `json=${folder}`, /cannot be written: it is there, and is no file/],
  ['a device', () => 'json=/dev/null', /cannot be written: it is there, and is no file/],
])('%s is refused before anything is touched', async (_what, value, message) => {
  const { code, err } = await cli.run('install', 'web', cli.manifests(configMap('a')), '--report', `json=${file('good')}`, '--report', value());
  expect([code, err[0], readdirSync(folder)]).toEqual([64, expect.stringMatching(message), []]);
  expect(await cli.cluster.list({ apiVersion: 'v1', kind: 'Secret', namespace: 'shop' })).toEqual([]);
});

test('a dry run has nothing to report', async () => {
  const { code, err } = await cli.run('install', 'web', cli.manifests(configMap('a')), '--dry-run', '--report', `json=${file('a')}`);
  expect([code, err[0], existsSync(file('a'))]).toEqual([64, "error: option '--report <format=file>' cannot be used with option '--dry-run'", false]);
});

test('a report that can no longer be written is told, and the operation goes on', async () => {
  const cluster = cli.cluster;
  const create = cluster.create.bind(cluster);
  jest.spyOn(cluster, 'create').mockImplementation((object) => {
    rmSync(folder, { recursive: true, force: true });
    return create(object);
  });
  const { code, err } = await cli.run('install', 'web', cli.manifests(configMap('a')), '--report', `json=${file('a')}`);
  expect([code, err]).toEqual([0, [expect.stringMatching(/^warning: the report .*\/a could not be written: ENOENT/)]]);
});
