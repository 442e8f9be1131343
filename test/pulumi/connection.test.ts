import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { ConnectionArgs, connectionOf } from '../../src/pulumi/connection';
import { Mocked, settled } from './mocked';

interface Given {
  readonly args?: ConnectionArgs;
  /** Of the Kubernetes provider; none if absent. */
  readonly provider?: k8s.ProviderArgs;
  readonly config?: Readonly<Record<string, string>>;
}

beforeEach(() => {
  new Mocked();
  jest.replaceProperty(process, 'env', { KUBECONFIG: '/ambient/config' });
});

afterEach(() => {
  jest.restoreAllMocks();
  pulumi.runtime.setAllConfig({});
});

function connection({ args, provider, config = {} }: Given): pulumi.Output<unknown> {
  pulumi.runtime.setAllConfig(Object.fromEntries(Object.entries(config).map(([key, value]) => [`kubernetes:${key}`, value])));
  return connectionOf(args, provider && new k8s.Provider('cluster', provider));
}

const CONFIG = { kubeconfig: '/config', context: 'of-config' };

test.each<[string, Given, object]>([
  ['what the release says', { args: { kubeconfig: '/own', context: 'own' }, provider: { kubeconfig: '/provider', context: 'of-provider' }, config: CONFIG }, { kubeconfig: '/own', context: 'own' }],
  ['the release without a context', { args: { kubeconfig: '/own' }, provider: { kubeconfig: '/provider', context: 'of-provider' }, config: CONFIG }, { kubeconfig: '/own' }],
  ['an empty connection, which is the one that kubectl uses', { args: {}, provider: { kubeconfig: '/provider' }, config: CONFIG }, {}],
  ['the provider', { provider: { kubeconfig: '/provider', context: 'of-provider' }, config: CONFIG }, { kubeconfig: '/provider', context: 'of-provider' }],
  ['the configuration of the stack', { config: CONFIG }, CONFIG],
  ['nobody, so that the one counts that kubectl uses', {}, {}],
  ['the release, which names the path of the environment', { args: { kubeconfig: '/ambient/config', context: 'own' } }, { context: 'own' }],
  ['the provider, which has the path of the environment', { provider: { kubeconfig: '/ambient/config' } }, {}],
  ['the configuration, which has the path of the environment', { config: { kubeconfig: '/ambient/config' } }, {}],
  ['a provider that renders to a folder, which has no cluster', { provider: { renderYamlToDirectory: '/out' } }, {}],
])('the cluster is that of %s: %j', async (_, given, expected) => {
  const { value } = await settled(connection(given));
  expect(JSON.parse(JSON.stringify(value))).toEqual(expected);
});

test('contents of a kubeconfig are secret, whoever says them', async () => {
  const kubeconfig = 'users:\n- token: canary\n';
  const late = { kubeconfig: pulumi.output(kubeconfig) };
  const all: Given[] = [{ args: { kubeconfig } }, { provider: { kubeconfig } }, { config: { kubeconfig } }, { args: late }, { provider: late }];
  for (const given of all) expect(await settled(connection(given))).toMatchObject({ value: { kubeconfig }, secret: true });
});

test('a kubeconfig may be known later', async () => {
  const { value } = await settled(connection({ args: { kubeconfig: pulumi.output('/late'), context: pulumi.output('here') } }));
  expect(value).toEqual({ kubeconfig: '/late', context: 'here' });
});
