import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { configMap, hook } from '../conformance/manifests';
import { Background, eventsOf } from './background';
import { lifecycle, succeeded } from './cli';
import { testCluster } from './cluster';
import { Certificate, makeCertificate } from './faults/certificate';
import { FaultProxy } from './faults/proxy';
import { getObject, kubectl } from './kubectl';
import { withNamespace } from './namespace';
import { waitUntil } from './wait';

/* Signals, and two runs at once, with the bundled command line on the real API server. */

const HOUR = 3_600_000;
const SHIFT_CLOCK = resolve(__dirname, 'preload/shift-clock.js');

let folder: string;
let kubeconfig: string;
let certificate: Certificate;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'signals-'));
  kubeconfig = (await testCluster()).kubeconfig;
  certificate = await makeCertificate();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A release with one hook that runs for so long. */
function manifests(runsFor: string): string {
  const file = join(folder, `${runsFor}.yaml`);
  writeFileSync(file, [configMap('settings'), hook('migrate', { on: 'pre-install,pre-upgrade', runsFor })].map((each) => JSON.stringify(each)).join('\n---\n'));
  return file;
}

/** What is not as usual about a run. */
interface Unusual {
  /** How far its clock is ahead, in milliseconds. */
  readonly shift?: number;
  /** Another kubeconfig than that of the cluster. */
  readonly config?: string;
  readonly also?: readonly string[];
}

function start(namespace: string, runsFor: string, { shift = 0, config = kubeconfig, also = [] }: Unusual = {}): Background {
  const args = ['upgrade', '--install', 'web', manifests(runsFor), '-n', namespace, '--timeout', '120s', ...also];
  return new Background(args, { env: { KUBECONFIG: config, CLOCK_SHIFT: String(shift) }, preload: SHIFT_CLOCK });
}

interface Job {
  readonly status: { readonly startTime?: string; readonly conditions?: readonly { readonly type: string; readonly reason: string }[] };
}

async function jobOf(namespace: string): Promise<Job | undefined> {
  const [job] = (await getObject<{ readonly items: readonly Job[] }>('jobs', namespace)).items;
  return job;
}

async function hookRuns(namespace: string): Promise<void> {
  await waitUntil('the hook runs', async () => (await jobOf(namespace))?.status.startTime !== undefined, { seconds: 60 });
}

const leases = (namespace: string) => kubectl(['get', 'leases', '-o', 'name'], { namespace });

async function statuses(namespace: string): Promise<string[]> {
  const rows = JSON.parse(succeeded(await lifecycle(['history', 'web', '-n', namespace, '-o', 'json'], { env: { KUBECONFIG: kubeconfig } })));
  return (rows as readonly { readonly status: string }[]).map(({ status }) => status);
}

test.each(['SIGINT', 'SIGTERM'] as const)('%s stops the running hook, records it and gives the lock back, within 5 s, with exit 130', (name) =>
  withNamespace('signals', async (namespace) => {
    const running = start(namespace, '100s');
    await hookRuns(namespace);
    const sent = running.signal(name);
    const ran = await running.ended;
    expect(ran.code).toBe(130);
    expect(ran.at - sent).toBeLessThan(5000);
    expect(eventsOf(ran).at(-1)).toMatchObject({ kind: 'operation-finished', outcome: { status: 'interrupted' } });
    expect(await leases(namespace)).toBe('');
    expect(await statuses(namespace)).toEqual(['failed']);
    const stopped = async () => (await jobOf(namespace))?.status.conditions?.find(({ type }) => type === 'Failed')?.reason;
    await waitUntil('the Job is stopped', async () => (await stopped()) === 'DeadlineExceeded', { seconds: 60 });
  }));

test('a second signal exits at once, whatever the first is still waiting for', () =>
  withNamespace('signals', async (namespace) => {
    // The patch that stops the Job hangs, so the first signal cannot be done.
    const proxy = await FaultProxy.start(kubeconfig, certificate, { request: 'patch jobs' }, { kind: 'delay', milliseconds: 30_000 });
    try {
      const running = start(namespace, '100s', { config: proxy.kubeconfig });
      await hookRuns(namespace);
      running.signal('SIGINT');
      await waitUntil('it is stopping the hook', () => proxy.fired, { seconds: 30 });
      const sent = running.signal('SIGINT');
      const ran = await running.ended;
      expect(ran.code).toBe(130);
      expect(ran.at - sent).toBeLessThan(1000);
      expect(eventsOf(ran).some(({ kind }) => kind === 'operation-finished')).toBe(false);
    } finally {
      await proxy.stop();
    }
  }));

test.each([
  ['behind', -HOUR],
  ['ahead', HOUR],
])('a second run exits 3 while one is at work whose clock is an hour %s', (_, shift) =>
  withNamespace('signals', async (namespace) => {
    const holder = start(namespace, '100s', { shift });
    await hookRuns(namespace);
    const second = await start(namespace, '0s').ended;
    expect(second.code).toBe(3);
    expect(second.stderr).toContain('Release "web"');
    holder.signal('SIGTERM');
    expect((await holder.ended).code).toBe(130);
  }));

test('a second run waits for one whose clock is an hour ahead, and then does its own', () =>
  withNamespace('signals', async (namespace) => {
    const holder = start(namespace, '8s', { shift: HOUR });
    await hookRuns(namespace);
    const second = await start(namespace, '0s', { also: ['--lock-timeout', '100s'] }).ended;
    expect([(await holder.ended).code, second.code]).toEqual([0, 0]);
    expect(await statuses(namespace)).toEqual(['superseded', 'deployed']);
  }));

test.each([
  ['behind', -HOUR],
  ['ahead', HOUR],
])('a killed run whose clock is an hour %s is taken over after 15 s, and its hook is stopped', (_, shift) =>
  withNamespace('signals', async (namespace) => {
    const holder = start(namespace, '100s', { shift });
    await hookRuns(namespace);
    const killed = holder.signal('SIGKILL');
    expect((await holder.ended).code).toBe(-1);
    const second = start(namespace, '0s');
    await second.printed('"kind":"recovered"');
    const waited = Date.now() - killed;
    const ran = await second.ended;
    expect(ran.code).toBe(0);
    expect(waited).toBeGreaterThanOrEqual(15_000);
    expect(eventsOf(ran).find(({ kind }) => kind === 'recovered')).toMatchObject({ was: 'pending-install', stopped: ['Job/migrate'] });
    expect(await statuses(namespace)).toEqual(['superseded', 'deployed']);
  }));
