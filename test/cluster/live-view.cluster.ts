import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KubeObject } from '../../src/vocabulary';
import { configMap, job } from '../release/manifests';
import { CLI, lifecycle, succeeded } from './cli';
import { testCluster } from './cluster';
import { ON_FAKE_NODE } from './fake-node';
import { FAKE_POD } from './fake-pods';
import { BUSYBOX_IMAGE } from './images';
import { createNamespace, deleteNamespace } from './namespace';
import { Tmux } from './tmux';

/* The live view as tmux shows it, of operations on a real cluster. */

let namespace: string;
let folder: string;
let terminal: Tmux;

beforeAll(async () => {
  namespace = await createNamespace('live');
  folder = mkdtempSync(join(tmpdir(), 'live-'));
});

beforeEach(async () => {
  terminal = await Tmux.open(80, 24, { KUBECONFIG: (await testCluster()).kubeconfig });
});

afterEach(() => terminal.close());

afterAll(async () => {
  await deleteNamespace(namespace);
  rmSync(folder, { recursive: true, force: true });
});

/** A hook that runs a script in a container. */
function script(name: string, on: string, weight: number, command: string): KubeObject {
  const spec = { restartPolicy: 'Never', containers: [{ name: 'main', image: BUSYBOX_IMAGE, command: ['sh', '-c', command] }] };
  return job(name, { on, weight }, { template: { spec } });
}

/** A hook that only seems to run, for so long. */
function fake(name: string, on: string, weight: number, runsFor: string): KubeObject {
  const spec = { ...ON_FAKE_NODE, restartPolicy: 'Never', containers: [{ name: 'main', image: 'none' }] };
  return job(name, { on, weight }, { template: { metadata: { annotations: { [FAKE_POD.runsFor]: runsFor } }, spec } });
}

function manifests(release: string, ...objects: readonly KubeObject[]): string {
  const file = join(folder, `${release}.yaml`);
  writeFileSync(file, objects.map((each) => JSON.stringify(each)).join('\n---\n'));
  return `${release} ${file} -n ${namespace}`;
}

/** Lines without what differs from run to run, and without warnings about the logs of Pods that only seem to run. */
function timeless(lines: readonly string[]): string[] {
  const told = lines.filter((line, index) => !/^warning: The log of/.test(line) && !(/^ {2}\S/.test(line) && /^(warning| {2}\S)/.test(lines[index - 1] ?? '') && /log|Pod|container/.test(line)));
  return told.map((line) => line.replaceAll(namespace, 'shop').replace(/\d+(\.\d)? s\b/g, 'N s').trimEnd()).filter((line) => !/^[$#]?$/.test(line));
}

const LINE = 'step $i: 日本語 and more of it until the line is longer than the terminal is wide, \\033[2J';
const LOUD = `i=0; while [ $i -lt 30 ]; do i=$((i+1)); printf "${LINE}\\n"; sleep 0.2; done`;

test('an install is one line a hook, its logs under it while it runs, right in 80 columns and after a resize', async () => {
  const objects = [configMap('settings'), script('migrate', 'pre-install', 0, LOUD), script('seed', 'post-install', 1, 'true')];
  await terminal.type(`clear; node ${CLI} install ${manifests('loud', ...objects)}; echo exit $?`);
  const wide = await terminal.sees(/step 6:/);
  expect(await terminal.cursor()).toBe(false);
  const [headline, hook, ...rest] = timeless(wide.slice(wide.findIndex((line) => line.startsWith('install loud'))));
  expect([headline, hook, rest.slice(-2)]).toEqual([
    'install loud, namespace shop: revision 1  N s',
    '  pre-install      0  Job/migrate  running  N s',
    ['  resources           1 pending', '  post-install     1  Job/seed     pending'],
  ]);
  expect(rest[0]).toMatch(/^ {4}\| step 1: 日本語 and more of it until the line is longer than the termi.*…$/);

  await terminal.resize(60, 24);
  const narrow = await terminal.sees(/step \d+: 日本語 and more of it until the line is \S*…\n/);
  expect(narrow.filter((line) => line.startsWith('install loud'))).toHaveLength(1);
  expect(narrow.filter((line) => line.includes('step 1:'))).toHaveLength(1);

  await terminal.resize(132, 24);
  await terminal.sees(/exit 0/);
  const all = await terminal.everything(); // what scrolled away when the narrower terminal broke its lines is nobody's to erase
  expect(timeless(all.slice(all.findIndex((line) => /^install loud.*revision 1$/.test(line))))).toEqual([
    'install loud, namespace shop: revision 1',
    '  pre-install      0  Job/migrate  succeeded  N s',
    '  resources           1 created',
    '  post-install     1  Job/seed     succeeded  N s',
    'install loud: succeeded, revision 1 is deployed  N s',
    'exit 0',
  ]);
  expect(await terminal.cursor()).toBe(true);
});

test('a plan that is taller than the terminal stays in it, and Ctrl-C leaves the whole text and the cursor', async () => {
  const hooks = Array.from({ length: 30 }, (_, index) => fake(`hook-${index + 10}`, 'pre-install', index, index === 15 ? '10m' : '0s'));
  await terminal.type(`clear; node ${CLI} install ${manifests('tall', configMap('tall'), ...hooks)}; echo exit $?`);
  const lines = await terminal.sees(/hook-25 {2}running/);
  expect(lines.length).toBeLessThanOrEqual(23);
  expect(timeless(lines)[0]).toBe('install tall, namespace shop: revision 1  N s');
  expect(lines.join('\n')).toMatch(/… \d+ more above[^]*hook-24 {2}succeeded[^]*hook-25 {2}running[^]*hook-26 {2}pending[^]*… \d+ more below/);

  await terminal.press('C-c');
  await terminal.sees(/exit 130/);
  const all = await terminal.everything();
  expect(all.filter((line) => /Job\/hook-\d+ /.test(line) && !/running|pending/.test(line)).map((line) => line.trim().split(/ {2,}/)[3])).toEqual([
    ...Array<string>(15).fill('succeeded'), 'interrupted', ...Array<string>(14).fill('did not run'),
  ]);
  expect(all).toContain('SIGINT: stopping what runs, then hooks that always run; once more ends at once');
  expect(await terminal.cursor()).toBe(true);
});

test('the second Ctrl-C ends at once, and gives the cursor back', async () => {
  await terminal.type(`clear; node ${CLI} install ${manifests('stuck', configMap('stuck'), fake('slow', 'pre-install', 0, '10m'))}; echo exit $?`);
  await terminal.sees(/slow {2}running/);
  await terminal.press('C-c');
  await terminal.press('C-c');
  await terminal.sees(/exit 130/);
  expect(await terminal.cursor()).toBe(true);
});

test('a process that crashes gives the cursor back, and its stack is below what it had drawn', async () => {
  const crash = join(folder, 'crash.js');
  writeFileSync(crash, "setTimeout(() => { throw new Error('crashed'); }, 4000);");
  await terminal.type(`clear; node -r ${crash} ${CLI} install ${manifests('crash', configMap('crash'), fake('slower', 'pre-install', 0, '10m'))}; echo exit $?`);
  await terminal.sees(/slower {2}running/);
  const lines = await terminal.sees(/exit 1/);
  const place = (pattern: RegExp) => lines.findIndex((line) => pattern.test(line));
  expect(place(/Error: crashed/)).toBeGreaterThan(place(/resources {11}1 pending/));
  expect(await terminal.cursor()).toBe(true);
});

test('in a pipe, and with --progress plain, there are plain lines', async () => {
  const release = manifests('piped', configMap('piped'), script('hello', 'pre-install', 0, 'echo hello')).split(' ');
  const { kubeconfig } = await testCluster();
  const piped = succeeded(await lifecycle(['install', ...release], { env: { KUBECONFIG: kubeconfig } }));
  expect(timeless(piped.split('\n'))).toContain('  pre-install      0  Job/hello  | hello');
  expect(piped).not.toContain('\u001b');
  await terminal.type(`clear; NO_COLOR=1 node ${CLI} uninstall piped -n ${namespace} --progress plain; echo exit $?`);
  await terminal.sees(/ {2}deleted {3}ConfigMap\/piped[^]*exit 0/);
});
