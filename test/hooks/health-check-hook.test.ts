import { Duration } from 'cdk8s';
import { HealthCheckHook, HealthCheckHookProps, HookEvent } from '../../src/hooks';
import { SHELLS, environmentOf, listen, podOf, refusingPort, runContainer, serve } from './run-container';
import { mistakes, newChart, synth } from './synth';

function containerOf(props: HealthCheckHookProps) {
  const chart = newChart();
  new HealthCheckHook(chart, 'healthy', props);
  return podOf(chart, 'web-healthy').containers[0];
}

test('it runs at its usual events, with curl as its image', () => {
  const chart = newChart();
  new HealthCheckHook(chart, 'healthy', { url: 'http://web/healthz' });
  expect(synth(chart)['web-healthy']).toMatchObject({
    kind: 'Job',
    metadata: { annotations: { 'helm.sh/hook': 'post-install,post-upgrade', 'helm.sh/hook-delete-policy': 'before-hook-creation' } },
    spec: {
      activeDeadlineSeconds: 240,
      template: {
        spec: {
          securityContext: { runAsUser: 100, runAsNonRoot: true },
          containers: [{ image: 'docker.io/curlimages/curl:8.11.1', resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '64Mi' } } }],
        },
      },
    },
  });
});

test('a URL is tried twenty times, and any status from 200 to 399 will do', () => {
  expect(environmentOf(containerOf({ url: 'http://web/healthz' }))).toEqual({
    URL: 'http://web/healthz',
    EXPECT_STATUS: '',
    WHAT: 'http://web/healthz',
    ATTEMPTS: '20',
    INTERVAL: '5',
    PATIENCE: '5',
  });
});

test.each([
  ['web', 'web:5432'],
  ['fd00::1', '[fd00::1]:5432'],
])('a port of %s is %s', (host, ADDRESS) => {
  expect(environmentOf(containerOf({ tcp: { host, port: 5432 } }))).toMatchObject({ ADDRESS, WHAT: ADDRESS, ATTEMPTS: '20', INTERVAL: '5', PATIENCE: '2' });
});

test('everything can be said otherwise', () => {
  const container = containerOf({
    url: 'http://web/$(NAME)',
    expectStatus: 204,
    attempts: 3,
    interval: Duration.seconds(1),
    attemptTimeout: Duration.seconds(9),
    image: 'registry.example.com/curl:8',
    on: [HookEvent.TEST],
  });
  expect(container.image).toBe('registry.example.com/curl:8');
  expect(environmentOf(container)).toMatchObject({ URL: 'http://web/$$(NAME)', EXPECT_STATUS: '204', ATTEMPTS: '3', INTERVAL: '1', PATIENCE: '9' });
});

test.each([0, 1.5])('%s attempts are none that a shell could count', (attempts) => {
  expect(() => containerOf({ url: 'http://web', attempts })).toThrow(`web/healthy: the attempts must be a whole number from 1, not ${attempts}`);
});

test('one of url and tcp is needed', () => {
  const make = (props: HealthCheckHookProps) => () => containerOf(props);
  expect(make({})).toThrow('web/healthy: a health check needs a url or a tcp address, one of the two');
  expect(make({ url: 'http://web', tcp: { host: 'web', port: 80 } })).toThrow('one of the two');
});

test('attempts that would outlast the deadline are refused at synth', () => {
  const chart = newChart();
  new HealthCheckHook(chart, 'healthy', { url: 'http://web', attempts: 60 });
  expect(mistakes(chart)).toEqual([
    '[web/healthy] its attempts may take 595 s, and Kubernetes stops it after 240 s. Give it fewer attempts, or a longer timeout.',
  ]);
});

describe.each(SHELLS)('run by %s', (_, shell) => {
  const quick = { attempts: 3, interval: Duration.seconds(0), attemptTimeout: Duration.seconds(1) };

  test.each<[string, number[], number | undefined]>([
    ['200', [200], undefined],
    ['301, which is not followed', [301], undefined],
    ['the status that is expected', [418], 418],
    ['200 at the third attempt', [503, 500, 200], undefined],
  ])('it succeeds at %s', async (_name, answers, expectStatus) => {
    const server = await serve({ '/healthz': answers });
    const url = `${server.url}/healthz`;
    expect(await runContainer(containerOf({ ...quick, url, expectStatus }), shell)).toMatchObject({ status: 0, stdout: `${url} is healthy\n` });
    expect(server.requests).toHaveLength(answers.length);
    await server.close();
  });

  test.each<[string, number[], number | undefined, string]>([
    ['404', [404], undefined, '404'],
    ['another status than the one that is expected', [200], 204, '200'],
  ])('it fails at %s, and says so', async (_name, answers, expectStatus, status) => {
    const server = await serve({ '/healthz': answers });
    const url = `${server.url}/healthz`;
    const ran = await runContainer(containerOf({ ...quick, url, expectStatus }), shell);
    expect(ran.status).toBe(1);
    expect(ran.stderr.trim().split('\n')).toEqual([
      ...[1, 2, 3].map((attempt) => `${url}, attempt ${attempt} of 3: it answers with status ${status}`),
      `${url} is not healthy`,
    ]);
    await server.close();
  });

  test('it fails where nobody listens, and says why', async () => {
    const port = await refusingPort();
    for (const props of [{ url: `http://127.0.0.1:${port}/` }, { tcp: { host: '127.0.0.1', port } }]) {
      const ran = await runContainer(containerOf({ ...quick, ...props, attempts: 1 }), shell);
      expect(ran.status).toBe(1);
      expect(ran.stderr).toContain('attempt 1 of 1: Failed to connect to 127.0.0.1');
    }
  });

  test('it succeeds where a port accepts connections and says nothing', async () => {
    const { port, close } = await listen();
    const tcp = { host: '127.0.0.1', port };
    expect(await runContainer(containerOf({ ...quick, tcp }), shell)).toEqual({ status: 0, stdout: `127.0.0.1:${port} is healthy\n`, stderr: '' });
    await close();
  });
});
