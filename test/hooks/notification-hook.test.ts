import * as kplus from 'cdk8s-plus-27';
import { DeletePolicy, HookEvent, NotificationHook, NotificationHookProps } from '../../src/hooks';
import { SHELLS, environmentOf, podOf, refusingPort, runContainer, serve } from './run-container';
import { newChart, synth } from './synth';

test('it runs at its usual events, with its usual policies', () => {
  const chart = newChart();
  new NotificationHook(chart, 'hook', { image: 'tool:1', command: ['run'], args: ['--fast'] });
  expect(synth(chart)['web-hook']).toMatchObject({
    metadata: { annotations: { 'helm.sh/hook': 'post-install,post-upgrade,post-delete', 'helm.sh/hook-weight': '0', 'helm.sh/hook-delete-policy': 'before-hook-creation,hook-succeeded' } },
    spec: { template: { spec: { containers: [{ image: 'tool:1', command: ['run'], args: ['--fast'] }] } } },
  });
});

test('it runs at other events, with other policies, where it is told to', () => {
  const chart = newChart();
  new NotificationHook(chart, 'hook', { image: 'tool:1', on: [HookEvent.TEST], deletePolicies: [DeletePolicy.BEFORE_HOOK_CREATION, DeletePolicy.HOOK_FAILED] });
  expect(synth(chart)['web-hook'].metadata.annotations).toMatchObject({
    'helm.sh/hook': 'test',
    'helm.sh/hook-delete-policy': 'before-hook-creation,hook-failed',
  });
});

test('props that are undefined hide no default', () => {
  const [implicit, explicit] = [newChart(), newChart()];
  new NotificationHook(implicit, 'hook', { image: 'tool:1' });
  new NotificationHook(explicit, 'hook', { image: 'tool:1', on: undefined, deletePolicies: undefined, retries: undefined });
  expect(synth(explicit)).toEqual(synth(implicit));
});

describe('by a webhook', () => {
  const MESSAGE = 'shop "2.4.0" is $(LIVE) \\o/\n$$ <3';

  function containerOf(target: 'webhook' | 'slack', props: Partial<NotificationHookProps> = {}) {
    const chart = newChart();
    const secret = kplus.Secret.fromSecretName(chart, 'secret', 'chat');
    new NotificationHook(chart, 'hook', { [target]: { secret, key: 'url' }, message: MESSAGE, ...props });
    return podOf(chart, 'web-hook').containers[0];
  }

  test.each([
    ['webhook' as const, 'message'],
    ['slack' as const, 'text'],
  ])('%s gets the message as %s, and its address is in a Secret only', (target, field) => {
    const container = containerOf(target, { env: { HTTPS_PROXY: kplus.EnvValue.fromValue('http://proxy:3128') } });
    expect(container.image).toBe('docker.io/curlimages/curl:8.11.1');
    expect(environmentOf(container)).toEqual({
      HTTPS_PROXY: 'http://proxy:3128',
      URL: { secretKeyRef: { name: 'chat', key: 'url' } },
      BODY: JSON.stringify({ [field]: MESSAGE }).replace('$(', '$$$$(').replace('$$ ', '$$$$$ '),
      PATIENCE: '10',
      RETRIES: '3',
      REQUIRED: 'false',
    });
  });

  test('what does not fit together is refused', () => {
    const chart = newChart();
    const url = { secret: kplus.Secret.fromSecretName(chart, 'secret', 'chat'), key: 'url' };
    expect(() => new NotificationHook(chart, 'a', { slack: url })).toThrow('web/a: there is no message to tell');
    expect(() => new NotificationHook(chart, 'b', { slack: url, webhook: url, message: 'x' })).toThrow('web/b: a notification goes to a webhook or to slack, one of the two');
    expect(() => new NotificationHook(chart, 'c', { message: 'x' })).toThrow('web/c: a notification needs webhook or slack, or an image that tells it');
  });

  describe.each(SHELLS)('run by %s', (_, shell) => {
    const withoutRetries = (container: ReturnType<typeof containerOf>) => ({ ...container, env: container.env!.map((each) => (each.name === 'RETRIES' ? { ...each, value: '0' } : each)) });

    test('it posts the message as it is', async () => {
      const server = await serve({ '/secret': [200] });
      const ran = await runContainer(containerOf('slack', { required: true }), shell, { URL: `${server.url}/secret\n` });
      expect(ran).toEqual({ status: 0, stdout: 'the message was delivered\n', stderr: '' });
      expect(server.requests).toEqual([{ method: 'POST', path: '/secret', type: 'application/json', body: JSON.stringify({ text: MESSAGE }) }]);
      await server.close();
    });

    test.each([
      ['the receiver refuses it', 'http://SERVER/secret', 'the receiver answers with status 404'],
      ['nobody listens', 'http://NOBODY/secret', 'Failed to connect to 127.0.0.1'],
      ['the address is none', 'file:///etc/secret', 'the address in the Secret is no http:// or https:// URL'],
      ['the address would be more than an address', 'http://web/"\noutput = "/tmp/secret', 'the address in the Secret holds characters that no URL may hold'],
    ])('where %s, the release goes on unless the message is required, and the address is not told', async (_name, address, problem) => {
      const server = await serve({});
      const URL = address.replace('SERVER', `127.0.0.1:${server.port}`).replace('NOBODY', `127.0.0.1:${await refusingPort()}`);
      for (const required of [false, true]) {
        const ran = await runContainer(withoutRetries(containerOf('webhook', { required })), shell, { URL });
        expect(ran.status).toBe(required ? 1 : 0);
        expect(ran.stderr).toContain(`the message was not delivered: ${problem}`);
        expect(ran.stderr).not.toContain('secret');
      }
      await server.close();
    });
  });
});
