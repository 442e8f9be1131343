import { CacheWarmHook, CacheWarmHookProps } from '../../src/hooks';
import { SHELLS, environmentOf, podOf, refusingPort, runContainer, serve } from './run-container';
import { newChart, synth } from './synth';

function containerOf(props: CacheWarmHookProps) {
  const chart = newChart();
  new CacheWarmHook(chart, 'warm', props);
  return podOf(chart, 'web-warm').containers[0];
}

test('it runs at its usual events, and what it found is printed', () => {
  const chart = newChart();
  new CacheWarmHook(chart, 'warm', { urls: ['http://web/'] });
  expect(synth(chart)['web-warm'].metadata.annotations).toMatchObject({
    'helm.sh/hook': 'post-install,post-upgrade',
    'helm.sh/hook-delete-policy': 'before-hook-creation',
    'helm.sh/hook-output-log-policy': 'hook-succeeded,hook-failed',
  });
});

test('four at a time are asked for, and a cold cache is no failure', () => {
  const container = containerOf({ urls: ['http://web/a', 'http://web/$(b)'] });
  expect(container).toMatchObject({ image: 'docker.io/curlimages/curl:8.11.1', args: ['http://web/a', 'http://web/$$(b)'] });
  expect(environmentOf(container)).toEqual({ CONCURRENCY: '4', PATIENCE: '30', RETRIES: '3', REQUIRED: 'false' });
});

test('it needs URLs, and a number of workers', () => {
  expect(() => containerOf({ urls: [] })).toThrow('web/warm: there is no URL to ask for');
  for (const concurrency of [0, 1.5]) {
    expect(() => containerOf({ urls: ['http://web'], concurrency })).toThrow('web/warm: the concurrency must be a whole number from 1');
  }
});

describe.each(SHELLS)('run by %s', (_, shell) => {
  test.each([1, 2, 8])('%d at a time, it asks for each URL once', async (concurrency) => {
    const paths = ['/a', '/b?x=1&y=[2]', '/c', '/d', '/e'];
    const server = await serve({ '/a': [200], '/b': ['text'], '/c': [200], '/d': [200], '/e': [200] });
    const ran = await runContainer(containerOf({ urls: paths.map((path) => server.url + path), concurrency, required: true }), shell);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(ran.stdout).toMatch(/all 5 are warm\n$/);
    expect(server.requests.map(({ path }) => path).sort()).toEqual(paths);
    await server.close();
  });

  test.each([
    [true, 1, 'some are not warm'],
    [false, 0, 'some are not warm; the release goes on'],
  ])('where required is %s, a URL that fails makes it exit %d, after all others', async (required, status, says) => {
    const server = await serve({ '/a': [200], '/b': [404] });
    const urls = [`http://127.0.0.1:${await refusingPort()}/`, `${server.url}/b`, `${server.url}/a`];
    const container = containerOf({ urls, concurrency: 1, required });
    const ran = await runContainer({ ...container, env: container.env!.map((each) => (each.name === 'RETRIES' ? { ...each, value: '0' } : each)) }, shell);
    expect(ran.status).toBe(status);
    expect(ran.stderr).toContain('error: 404');
    expect(ran.stderr.trim().split('\n').at(-1)).toBe(says);
    expect(server.requests.map(({ path }) => path)).toEqual(['/b', '/a']);
    await server.close();
  });
});
