import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { KubeObject } from '../../src/vocabulary';
import { hook } from '../conformance/manifests';
import { job, object } from '../release/manifests';
import { Background } from './background';
import { lifecycle, runProgram, succeeded } from './cli';
import { testCluster } from './cluster';
import { Certificate, makeCertificate } from './faults/certificate';
import { FaultProxy } from './faults/proxy';
import { BUSYBOX_IMAGE } from './images';
import { withNamespace } from './namespace';

/* Reports of operations on real Kubernetes: also of one that fails, and of one that signals end. */

const SCHEMA = JSON.parse(readFileSync(resolve(__dirname, '../../schemas/events.schema.json'), 'utf8')) as object;
const FILES = ['events.jsonl', 'report.html', 'report.xml'];

let folder: string;
let kubeconfig: string;
let certificate: Certificate;

beforeAll(async () => {
  kubeconfig = (await testCluster()).kubeconfig;
  certificate = await makeCertificate();
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reports-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (file: string) => readFileSync(join(folder, file), 'utf8');

function install(namespace: string, ...objects: readonly (KubeObject | object)[]): string[] {
  const manifests = join(folder, 'web.yaml');
  writeFileSync(manifests, objects.map((each) => JSON.stringify(each)).join('\n---\n'));
  const reports = `junit=${join(folder, 'report.xml')},json=${join(folder, 'events.jsonl')},html=${join(folder, 'report.html')}`;
  return ['install', 'web', manifests, '-n', namespace, '--report', reports];
}

const CASES = `
import sys, xml.etree.ElementTree as xml
for case in xml.parse(sys.argv[1]).iter('testcase'):
    print(case.get('classname'), case.get('name'), *[each.tag for each in case])
`;

/** The test cases of the report, as a parser of XML reads them. */
async function cases(): Promise<string[]> {
  return succeeded(await runProgram('python3', ['-c', CASES, join(folder, 'report.xml')])).trimEnd().split('\n');
}

/** The kinds of the events; each must be as the schema says. */
function kinds(): string[] {
  const isEvent = new Ajv2020({ formats: { 'date-time': true } }).compile(SCHEMA);
  return read('events.jsonl').trimEnd().split('\n').map((line) => {
    const event = JSON.parse(line) as { readonly kind: string };
    expect([isEvent(event), isEvent.errors, line]).toEqual([true, null, line]);
    return event.kind;
  });
}

test('a failed install is reported in every format, without what a Secret holds', () =>
  withNamespace('reports', async (namespace) => {
    const script = 'echo "connecting with $PASSWORD"; echo "<relation> \\"orders\\" exists"; exit 3';
    const env = [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'database', key: 'password' } } }];
    const spec = { restartPolicy: 'Never', containers: [{ name: 'main', image: BUSYBOX_IMAGE, command: ['sh', '-c', script], env }] };
    const ran = await lifecycle(install(
      namespace,
      object('v1', 'Secret', 'database', { stringData: { password: 'swordfish-7' } }),
      job('migrate', { on: 'post-install', weight: -5 }, { template: { spec } }),
      job('notify', { on: 'post-install' }),
    ), { env: { KUBECONFIG: kubeconfig } });
    expect([ran.code, readdirSync(folder).sort()]).toEqual([1, [...FILES, 'web.yaml']]);
    expect(await cases()).toEqual(['post-install Job/migrate failure system-out', 'post-install Job/notify skipped']);
    expect(kinds()).toEqual(expect.arrayContaining(['operation-started', 'hook-log', 'hook-finished', 'operation-finished']));
    expect(read('report.html')).toContain('&lt;relation&gt; &quot;orders&quot; exists');
    for (const file of FILES) expect([file, read(file).includes('swordfish-7'), read(file).includes('connecting with')]).toEqual([file, false, true]);
  }));

test('an install that a signal ends is reported as interrupted', () =>
  withNamespace('reports', async (namespace) => {
    const running = new Background(install(namespace, hook('migrate', { on: 'pre-install', runsFor: '100s' })), { env: { KUBECONFIG: kubeconfig } });
    await running.printed('"kind":"hook-started"');
    running.signal('SIGTERM');
    expect([(await running.ended).code, readdirSync(folder).sort()]).toEqual([130, [...FILES, 'web.yaml']]);
    expect(await cases()).toEqual(['pre-install Job/migrate error']);
    expect(kinds().at(-1)).toBe('operation-finished');
    expect(read('report.html')).toContain('<title>install web: interrupted</title>');
  }));

test('an install that a second signal ends at once has its reports, too, which do not know the end', () =>
  withNamespace('reports', async (namespace) => {
    // The patch that stops the Job hangs, so the first signal cannot be done.
    const proxy = await FaultProxy.start(kubeconfig, certificate, { request: 'patch jobs' }, { kind: 'delay', milliseconds: 30_000 });
    try {
      const running = new Background(install(namespace, hook('migrate', { on: 'pre-install', runsFor: '100s' })), { env: { KUBECONFIG: proxy.kubeconfig } });
      await running.printed('"kind":"hook-started"');
      running.signal('SIGINT');
      await running.printed('it is being stopped');
      running.signal('SIGINT');
      expect([(await running.ended).code, readdirSync(folder).sort()]).toEqual([130, [...FILES, 'web.yaml']]);
      expect(await cases()).toEqual(['pre-install Job/migrate error']);
      expect(kinds()).not.toContain('operation-finished');
      expect(read('report.html')).toContain('<title>install web: unfinished</title>');
    } finally {
      await proxy.stop();
    }
  }));
