import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, Cron, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { HookEvent, HookJob, HookPod, WaitFor, WaitForOptions } from '../../src/hooks';
import { RESTRICTED } from './expected-pod';
import { Container, SHELLS, environmentOf, listen, podOf, refusingPort, runContainer, serve } from './run-container';
import { mistakes, newChart, synth } from './synth';

const CONTAINERS = { containers: [{ image: 'shop:2' }] };

function waiting(waitFor: WaitFor): Container {
  const chart = newChart();
  const serviceAccount = kplus.ServiceAccount.fromServiceAccountName(chart, 'account', 'waiter');
  waitFor.addTo(new kplus.Deployment(chart, 'shop', { ...CONTAINERS, serviceAccount, automountServiceAccountToken: true }));
  return podOf(chart, 'web-shop').initContainers![0];
}

test('it is an init container that the restricted Pod Security profile admits', () => {
  expect(waiting(WaitFor.tcp('postgres', 5432))).toEqual({
    name: 'wait-for-postgres-5432',
    image: 'docker.io/curlimages/curl:8.11.1',
    command: ['sh', '-c', expect.stringMatching(/^#!\/bin\/sh\nset -eu\n/)],
    env: expect.any(Array),
    resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '64Mi' } },
    securityContext: { ...RESTRICTED, runAsUser: 100, seccompProfile: { type: 'RuntimeDefault' } },
  });
});

test.each<[string, WaitFor, string, Record<string, string>]>([
  ['a port', WaitFor.tcp('postgres', 5432), 'wait-for-postgres-5432', { ADDRESS: 'postgres:5432', WHAT: 'postgres:5432', PATIENCE: '2' }],
  ['a port of an IPv6 address', WaitFor.tcp('fd00::1', 80), 'wait-for-fd00-1-80', { ADDRESS: '[fd00::1]:80', WHAT: '[fd00::1]:80', PATIENCE: '2' }],
  ['a URL', WaitFor.http('https://Auth.example.com/ready?x=1'), 'wait-for-auth-example-com-ready-x-1', { URL: 'https://Auth.example.com/ready?x=1', WHAT: 'https://Auth.example.com/ready?x=1', EXPECT_STATUS: '', PATIENCE: '5' }],
  ['a Job', WaitFor.job('web-migrate'), 'wait-for-job-web-migrate', { JOB: 'web-migrate', WHAT: 'Job web-migrate', PATIENCE: '5' }],
])('it waits two minutes for %s', (_, waitFor, name, env) => {
  const container = waiting(waitFor);
  expect(container.name).toBe(name);
  expect(environmentOf(container)).toEqual({ ...env, TIMEOUT: '120', INTERVAL: '2' });
});

test('everything can be said otherwise', () => {
  const container = waiting(WaitFor.tcp('postgres', 5432, { timeout: Duration.minutes(5), interval: Duration.seconds(10), image: 'curl:9', user: 1000 }));
  expect(container).toMatchObject({ image: 'curl:9', securityContext: { runAsUser: 1000 } });
  expect(environmentOf(container)).toMatchObject({ TIMEOUT: '300', INTERVAL: '10' });
});

const workloads: readonly (readonly [string, (scope: ReturnType<typeof newChart>) => kplus.AbstractPod, string])[] = [
  ['a Pod', (chart) => new kplus.Pod(chart, 'x', CONTAINERS), '/spec'],
  ['a Deployment', (chart) => new kplus.Deployment(chart, 'x', CONTAINERS), '/spec/template/spec'],
  ['a StatefulSet', (chart) => new kplus.StatefulSet(chart, 'x', { containers: [{ image: 'shop:2', portNumber: 80 }] }), '/spec/template/spec'],
  ['a DaemonSet', (chart) => new kplus.DaemonSet(chart, 'x', CONTAINERS), '/spec/template/spec'],
  ['a Job', (chart) => new kplus.Job(chart, 'x', CONTAINERS), '/spec/template/spec'],
  ['a CronJob', (chart) => new kplus.CronJob(chart, 'x', { ...CONTAINERS, schedule: Cron.daily() }), '/spec/jobTemplate/spec/template/spec'],
];

test.each(workloads)('it can be added to %s, behind what is there', (_, create, path) => {
  const chart = newChart();
  const workload = create(chart);
  workload.addInitContainer({ name: 'first', image: 'first:1' });
  WaitFor.tcp('a', 1).addTo(workload);
  WaitFor.tcp('a', 1).addTo(workload);
  const spec = path.split('/').slice(1).reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], ApiObject.of(workload).toJson());
  expect(spec).toMatchObject({
    initContainers: [
      { name: 'first', imagePullPolicy: 'Always' },
      { name: 'wait-for-a-1', securityContext: { seccompProfile: { type: 'RuntimeDefault' } } },
      { name: 'wait-for-a-1-2', securityContext: { seccompProfile: { type: 'RuntimeDefault' } } },
    ],
  });
});

describe('as a property of a hook', () => {
  const props = { on: [HookEvent.PRE_UPGRADE], image: 'shop:2' };

  test.each<[string, new (scope: ReturnType<typeof newChart>, id: string, props: ConstructorParameters<typeof HookPod>[2]) => object]>([
    ['a Job', HookJob],
    ['a Pod', HookPod],
  ])('it comes before the container of %s', (_, Hook) => {
    const chart = newChart();
    new Hook(chart, 'hook', { ...props, waitFor: [WaitFor.tcp('a', 1, { timeout: Duration.minutes(1) }), WaitFor.http('http://b')] });
    expect(podOf(chart, 'web-hook').initContainers!.map(({ name }) => name)).toEqual(['wait-for-a-1', 'wait-for-b']);
  });

  test('it must leave the hook some of its time', () => {
    const chart = newChart();
    new HookJob(chart, 'hook', { ...props, waitFor: [WaitFor.tcp('a', 1), WaitFor.tcp('b', 1)] });
    expect(mistakes(chart)).toEqual(['[web/hook/Resource] it may wait for 240 s, and Kubernetes stops it after 240 s. Give it a longer timeout, or let it wait less.']);
  });
});

test('who waits for a Job without an identity is told at synth', () => {
  const chart = newChart();
  WaitFor.job('migrate').addTo(new kplus.Deployment(chart, 'shop', CONTAINERS));
  expect(mistakes(chart)).toEqual([
    '[web/shop] it waits for Job migrate, and has no identity to ask Kubernetes with. Give it a serviceAccount that may get Jobs, and let its token be mounted.',
  ]);
  const hooked = newChart();
  const serviceAccount = kplus.ServiceAccount.fromServiceAccountName(hooked, 'account', 'waiter');
  new HookJob(hooked, 'hook', { on: [HookEvent.POST_INSTALL], image: 'shop:2', serviceAccount, waitFor: [WaitFor.job('migrate')] });
  expect(synth(hooked)).toHaveProperty('web-hook');
});

describe.each(SHELLS)('run by %s', (_, shell) => {
  const quick: WaitForOptions = { interval: Duration.seconds(0) };
  const atOnce: WaitForOptions = { ...quick, timeout: Duration.seconds(0) };

  test('it goes on when a port accepts connections', async () => {
    const { port, close } = await listen();
    expect(await runContainer(waiting(WaitFor.tcp('127.0.0.1', port, quick)), shell)).toEqual({ status: 0, stdout: `127.0.0.1:${port} is there\n`, stderr: '' });
    await close();
  });

  test('it goes on when a URL answers', async () => {
    const server = await serve({ '/ready': [503, 200] });
    const url = `${server.url}/ready`;
    const stdout = `waiting for ${url}: it answers with status 503\n${url} is there\n`;
    expect(await runContainer(waiting(WaitFor.http(url, quick)), shell)).toEqual({ status: 0, stdout, stderr: '' });
    await server.close();
  });

  test('it fails when the time is over, and says what was missing', async () => {
    const port = await refusingPort();
    const ran = await runContainer(waiting(WaitFor.tcp('127.0.0.1', port, { timeout: Duration.seconds(1), interval: Duration.seconds(1) })), shell);
    expect(ran.status).toBe(1);
    expect(ran.stderr).toMatch(new RegExp(`^waited \\d+ s for 127.0.0.1:${port}: Failed to connect to 127.0.0.1`));
  });

  describe('for a Job', () => {
    const folder = mkdtempSync(join(tmpdir(), 'wait-for-'));
    writeFileSync(join(folder, 'token'), 'the-token');
    writeFileSync(join(folder, 'namespace'), 'shop');
    afterAll(() => rmSync(folder, { recursive: true }));

    const PATH = '/apis/batch/v1/namespaces/shop/jobs/migrate';
    const job = (...conditions: object[]) => JSON.stringify({ kind: 'Job', metadata: { annotations: { note: '"type":"Complete","status":"True"' } }, status: { conditions } });

    // A server on this machine, without TLS, in the place of the API server's; test/cluster has the real one.
    async function wait(options: WaitForOptions, ...answers: (number | string)[]) {
      const server = await serve({ [PATH]: answers });
      const container = waiting(WaitFor.job('migrate', options));
      const script = container.command[2].replaceAll('https://', 'http://').replaceAll('/var/run/secrets/kubernetes.io/serviceaccount', folder);
      const others = { KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: String(server.port) };
      const ran = await runContainer({ ...container, command: ['sh', '-c', script] }, shell, others);
      await server.close();
      return { ...ran, requests: server.requests };
    }

    test('it goes on when the Job has completed, and shows its token to the server alone', async () => {
      const { requests, ...ran } = await wait(quick, 404, job(), job({ type: 'SuccessCriteriaMet', status: 'True' }, { type: 'Complete', status: 'True' }));
      const stdout = 'waiting for Job migrate: there is no such Job\nwaiting for Job migrate: it has not ended yet\nJob migrate is there\n';
      expect(ran).toEqual({ status: 0, stdout, stderr: '' });
      expect(requests[0]).toMatchObject({ method: 'GET', path: `${PATH}?pretty=false`, authorization: 'Bearer the-token' });
    });

    test('it fails at once when the Job has failed', async () => {
      const { requests, ...ran } = await wait(quick, job({ type: 'Failed', status: 'True' }));
      expect(ran).toEqual({ status: 1, stdout: '', stderr: 'Job migrate has failed: see its logs\n' });
      expect(requests).toHaveLength(1);
    });

    test('it fails in time when the server does not answer, and says why', async () => {
      const container = waiting(WaitFor.job('migrate', atOnce));
      const script = container.command[2].replaceAll('/var/run/secrets/kubernetes.io/serviceaccount', folder);
      const others = { KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: String(await refusingPort()) };
      const { status, stderr } = await runContainer({ ...container, command: ['sh', '-c', script] }, shell, others);
      expect(status).toBe(1);
      expect(stderr).toMatch(/^waited \d+ s for Job migrate: (Failed to connect|error setting certificate)/);
    });

    test.each([
      [403, 'the service account may not read it: it needs the right to get jobs'],
      [404, 'there is no such Job'],
      [500, 'the API server answers with status 500'],
    ])('it fails in time when the server answers with %d', async (status, problem) => {
      const { stderr, ...ran } = await wait(atOnce, status);
      expect(ran.status).toBe(1);
      expect(stderr).toMatch(new RegExp(`^waited \\d+ s for Job migrate: ${problem}`));
    });
  });
});
