import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { ApiObject, App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { HelmHook, HookEvent, HookJob, MigrationHook } from '../../src';
import { HookedRelease, HookedReleaseArgs } from '../../src/pulumi/hooked-release';
import { importChart } from '../../src/pulumi/import-chart';
import { late } from '../../src/pulumi/late';
import { KubeObject } from '../../src/vocabulary';
import { configMap, job, object } from '../release/manifests';
import { Mocked, Registered, settled } from './mocked';

let mocked: Mocked;
beforeEach(() => {
  mocked = new Mocked();
});

const HOOKS = [job('migrate', { on: 'pre-upgrade', weight: 5 }), job('backup', { on: 'pre-upgrade,pre-delete', weight: -5 }), job('seed', { on: 'post-install' })];

function importing(...manifests: readonly KubeObject[]): HookedReleaseArgs {
  return { chart: importChart({ manifests }) };
}

/** Runs a program until all that its release has is there. */
async function made(args: HookedReleaseArgs, options?: pulumi.ComponentResourceOptions): Promise<HookedRelease> {
  const release = new HookedRelease('web', args, options);
  await settled(release.hooks);
  await settled(release.urn);
  return release;
}

function registered(name: string): Registered {
  return mocked.registered.find((each) => each.name === name)!;
}

/** The inputs of a bracket, and the names of those that are secret. */
function bracket(side: 'opening' | 'closing') {
  const { inputs } = registered(`web-${side}`);
  const secret = Object.keys(inputs).filter((key) => JSON.stringify(inputs[key] ?? null).includes(pulumi.runtime.specialSigKey));
  const values = Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, pulumi.runtime.unwrapRpcSecret(value) as unknown]));
  return { secret, values };
}

function dependencies(name: string): string[] {
  const request = mocked.requests.find((each) => each.getName() === name)!;
  return request.getDependenciesList().map((urn) => urn.split('::').at(-1)!).sort();
}

test('a release is an opening, its resources without what says to Helm what they are, and a closing, in this order', async () => {
  const release = await made(importing(...HOOKS, configMap('settings')));
  expect(mocked.registered.map(({ type, name }) => `${type} ${name}`)).toEqual([
    'cdk8s-lifecycle:index:HookedRelease web',
    'pulumi-nodejs:dynamic/cdk8s-lifecycle:Opening web-opening',
    'kubernetes:core/v1:ConfigMap web:settings',
    'pulumi-nodejs:dynamic/cdk8s-lifecycle:Closing web-closing',
  ]);
  expect([dependencies('web:settings'), dependencies('web-closing')]).toEqual([['web-opening'], ['web-opening', 'web:settings']]);
  expect(release.resources).toHaveLength(1);
});

test('an opening is told the release, its hooks and how they are run; the values of no Secret are in the open', async () => {
  await made({ ...importing(...HOOKS, configMap('settings')), namespace: 'shop', trigger: { build: 5 } });
  const { values, secret } = bracket('opening');
  expect(values).toEqual({
    side: 'opening',
    release: 'web',
    namespace: 'shop',
    self: 'urn:pulumi:stack::project::cdk8s-lifecycle:index:HookedRelease$pulumi-nodejs:dynamic/cdk8s-lifecycle:Opening::web-opening',
    holder: 'urn:pulumi:stack::project::cdk8s-lifecycle:index:HookedRelease::web',
    digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    hooks: HOOKS,
    plan: { 'pre-upgrade': ['Job/backup (-5)', 'Job/migrate (5)'], 'pre-delete': ['Job/backup (-5)'], 'post-install': ['Job/seed (0)'] },
    resources: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'settings' }],
    secretValues: [],
    trigger: { build: 5 },
    connection: {},
    settings: { timeoutSeconds: 300, createNamespace: false, takeOwnership: false, rollback: 'detect' },
    dryRun: false,
    __provider: expect.any(String) as string,
  });
  expect(secret).toEqual(['secretValues']);
});

test('a closing is told the same, and what it closes', async () => {
  await made({ ...importing(...HOOKS), timeoutSeconds: 60, createNamespace: true, takeOwnership: true, rollback: 'never', release: 'other' });
  const { openRun: _run, openEvent: _event, opening, side, self, ...closing } = bracket('closing').values;
  const { side: _side, self: _self, ...opened } = bracket('opening').values;
  expect(closing).toEqual(opened);
  expect([opening, side, self]).toEqual(['web-opening-id', 'closing', expect.stringMatching(/Closing::web-closing$/)]);
  expect(closing).toMatchObject({ release: 'other', settings: { timeoutSeconds: 60, createNamespace: true, takeOwnership: true, rollback: 'never' } });
});

describe('the digest', () => {
  async function digest(args: HookedReleaseArgs): Promise<unknown> {
    mocked = new Mocked();
    await made(args);
    return bracket('opening').values.digest;
  }

  test.each<[string, HookedReleaseArgs, boolean]>([
    ['the same', importing(...HOOKS, configMap('a', { b: 'c', d: 'e' })), true],
    ['fields in another order', importing(...HOOKS, configMap('a', { d: 'e', b: 'c' })), true],
    ['other settings', { ...importing(...HOOKS, configMap('a', { b: 'c', d: 'e' })), timeoutSeconds: 60, trigger: 1 }, true],
    ['a resource that differs', importing(...HOOKS, configMap('a', { b: 'x', d: 'e' })), false],
    ['a hook that differs', importing(...HOOKS.slice(1), job('migrate', { on: 'pre-upgrade' }), configMap('a', { b: 'c', d: 'e' })), false],
    ['another resource', importing(...HOOKS, configMap('a', { b: 'c', d: 'e' }), configMap('b')), false],
    ['another namespace', { ...importing(...HOOKS, configMap('a', { b: 'c', d: 'e' })), namespace: 'shop' }, false],
  ])('of %s', async (_, args, same) => {
    expect((await digest(args)) === (await digest(importing(...HOOKS, configMap('a', { b: 'c', d: 'e' }))))).toBe(same);
  });

  test('is a secret where it is made of one: it is short enough to be guessed', async () => {
    await made({ chart: importChart({ manifests: [...HOOKS, configMap('a', { password: late.string(pulumi.secret('canary')) })] }) });
    expect(bracket('opening').secret).toEqual(['digest', 'secretValues']);
    expect(bracket('opening').values.secretValues).toEqual(['canary']);
  });
});

test('hooks that hold a secret are one, and are told what it is', async () => {
  const secret = object('v1', 'Secret', 'login', { stringData: { password: 'canary' } }, { on: 'pre-install' });
  await made(importing(secret, ...HOOKS));
  expect(bracket('opening').secret).toEqual(['digest', 'hooks', 'secretValues']);
  mocked = new Mocked();
  const env = [{ name: 'PASSWORD', value: late.string(pulumi.secret('canary')) }];
  await made(importing(job('migrate', { on: 'pre-install' }, { template: { spec: { containers: [{ name: 'main', env }] } } })));
  expect(bracket('opening').secret).toEqual(['digest', 'hooks', 'secretValues']);
  expect(JSON.stringify(bracket('opening').values.hooks)).toContain('canary');
});

test('contents of a kubeconfig are a secret', async () => {
  await made({ ...importing(...HOOKS), connection: { kubeconfig: 'users:\n- token: canary\n' } });
  expect(bracket('opening').secret).toEqual(['connection', 'secretValues']);
});

test('the cluster is that of the provider of the release', async () => {
  const provider = new k8s.Provider('cluster', { context: 'here' });
  await made(importing(...HOOKS), { provider });
  expect(bracket('opening').values.connection).toEqual({ context: 'here' });
});

test('what the hooks did is an output: the opening\'s, then the closing\'s', async () => {
  const newResource = ({ name, inputs }: pulumi.runtime.MockResourceArgs) => {
    const ran = name.endsWith('-opening') ? [{ event: 'pre-upgrade' }] : [{ event: 'post-upgrade' }];
    return { id: name, state: { ...inputs as object, ran, revision: 3 } };
  };
  await pulumi.runtime.setMocks({ newResource, call: () => ({}) }, 'project', 'stack', false);
  const release = new HookedRelease('web', importing(...HOOKS));
  expect((await settled([release.hooks, release.revision])).value).toEqual([[{ event: 'pre-upgrade' }, { event: 'post-upgrade' }], 3]);
});

test('what the hooks will do is not known in a preview, what they are is', async () => {
  mocked = new Mocked(true);
  const release = await made(importing(...HOOKS));
  expect(bracket('opening').values.dryRun).toBe(true);
  expect(release.plan).toEqual(bracket('opening').values.plan);
});

test('resources can be registered by the program, between the brackets', async () => {
  const args: HookedReleaseArgs = {
    ...importing(...HOOKS, configMap('one'), configMap('two')),
    resources: (manifests, options) => [new k8s.core.v1.ConfigMap('all', { metadata: { name: `${manifests.length}` } }, options)],
  };
  const release = await made({ ...args, namespace: 'shop' });
  expect([dependencies('all'), dependencies('web-closing')]).toEqual([['web-opening'], ['all', 'web-opening']]);
  expect(release.manifests).toMatchObject([{ metadata: { name: 'one', namespace: 'shop' } }, { metadata: { name: 'two', namespace: 'shop' } }]);
});

test('a release that is kept when it goes from the program keeps its brackets', async () => {
  await made(importing(...HOOKS), { retainOnDelete: true });
  const retained = mocked.requests.filter((each) => each.getRetainondelete()).map((each) => each.getName());
  expect(retained).toEqual(expect.arrayContaining(['web-opening', 'web-closing']));
});

test('resources that are only to be applied are not waited for', async () => {
  const release = await made({ ...importing(configMap('a')), await: 'applied' });
  expect(release.manifests[0].metadata).toMatchObject({ annotations: { 'pulumi.com/skipAwait': 'true' } });
});

describe('what is wrong is said', () => {
  function chart(make: (chart: Chart) => void): HookedReleaseArgs {
    return { chart: (scope: Construct) => make(new Chart(scope, 'chart')) };
  }

  const namespace = (name: string) => object('v1', 'Namespace', name);
  const output = pulumi.output('10.0.0.1') as unknown as string;

  const raw = (annotations: Record<string, string>) => chart((each) => {
    new ApiObject(each, 'job', { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'raw', annotations }, spec: {} });
  });

  test.each<[string, HookedReleaseArgs, RegExp]>([
    ['a chart without an object', chart(() => undefined), /^The chart of the release holds no object\./],
    ['a chart that was made elsewhere', { chart: () => new Chart(new App(), 'elsewhere') }, /holds no object/],
    ['a name that is none', { ...importing(configMap('a')), release: 'My Release' }, /^"My Release" is no release name: /],
    ['a name that is too long', { ...importing(configMap('a')), release: 'a'.repeat(54) }, /is no release name/],
    [
      'its own namespace among its objects', { ...importing(configMap('a'), namespace('shop')), namespace: 'shop' },
      /^imported\/namespace\.shop: Namespace\/shop is that of the release itself.*createNamespace: true/,
    ],
    ['its default namespace among its objects', importing(configMap('a'), namespace('default')), /Namespace\/default is that of the release itself/],
    ['a weight that is none', raw({ 'helm.sh/hook': 'pre-install', 'helm.sh/hook-weight': 'heavy' }), /chart\/job.*heavy/s],
    ['an event that is none', raw({ 'helm.sh/hook': 'pre-lunch' }), /chart\/job.*pre-lunch/s],
    ['what lint finds', chart((each) => {
      new ApiObject(each, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } });
      const settings = kplus.ConfigMap.fromConfigMapName(each, 'reference', 'settings');
      new HookJob(each, 'prepare', { image: 'shop:1', on: [HookEvent.PRE_INSTALL], envFrom: [new kplus.EnvFrom(settings)] });
    }), /chart\/prepare.*ConfigMap\/settings/s],
    ['an Output that was passed as it is', chart((each) => {
      new ApiObject(each, 'config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { host: output } });
    }), /chart\/config.*data.*host.*late\.string\(/s],
    ['two objects of one name', chart((each) => {
      for (const id of ['one', 'two']) new ApiObject(each, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } });
    }), /chart\/two.*chart\/one/s],
    ['a list of objects', chart((each) => {
      new ApiObject(each, 'list', { apiVersion: 'v1', kind: 'List', metadata: { name: 'a' }, items: [] });
    }), /chart\/list/],
  ])('%s', (_, args, message) => {
    expect(() => new HookedRelease('web', args)).toThrow(message);
  });

  test('another namespace among its objects is nothing wrong', async () => {
    await made({ ...importing(namespace('other')), namespace: 'shop' });
    expect(registered('web:other').type).toBe('kubernetes:core/v1:Namespace');
  });

  test('hooks made by constructs are hooks', async () => {
    const release = await made(chart((each) => {
      new ApiObject(each, 'config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config' } }).with(HelmHook.preInstall({ weight: -5 }));
      new MigrationHook(each, 'migrate', { image: 'shop:1', command: ['migrate'], name: 'migrate' });
    }));
    expect([release.plan, release.resources]).toEqual([
      { 'pre-install': ['ConfigMap/config (-5)'], 'post-install': ['Job/migrate (0)'], 'pre-upgrade': ['Job/migrate (0)'] }, [],
    ]);
  });
});
