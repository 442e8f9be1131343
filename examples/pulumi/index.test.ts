import * as pulumi from '@pulumi/pulumi';
import program from './index';

/* Unit tests of a stack, as its users write them: without engine and cluster. */

let registered: pulumi.runtime.MockResourceArgs[];

beforeAll(() => pulumi.runtime.setMocks({
  newResource: (resource: pulumi.runtime.MockResourceArgs) => {
    registered.push(resource);
    return { id: `${resource.name}-id`, state: resource.inputs };
  },
  call: ({ inputs }: pulumi.runtime.MockCallArgs) => inputs,
}, 'webapp', 'test'));

/** Runs the program until all of its resources are there. */
async function run(config: Record<string, string> = {}): Promise<ReturnType<typeof program>> {
  registered = [];
  const all = Object.entries({ databasePassword: 'the-password', sessionKey: 'the-session-key', ...config });
  pulumi.runtime.setAllConfig(Object.fromEntries(all.map(([key, value]) => [`webapp:${key}`, value])), ['webapp:databasePassword', 'webapp:sessionKey']);
  const outputs = program();
  await new Promise((resolve) => outputs.ran.apply(resolve)); // it depends on all that the release has
  return outputs;
}

function inputsOf(name: string) {
  return registered.find((each) => each.name === name)!.inputs;
}

test('the hooks of every event run in this order', async () => {
  const { plan } = await run();
  expect(plan).toEqual({
    'post-install': ['ConfigMap/webapp-migrations (0)', 'Job/webapp-migrate (1)', 'Job/webapp-seed (2)', 'Job/webapp-notify (3)'],
    'pre-upgrade': ['Job/webapp-backup (0)', 'ConfigMap/webapp-migrations (0)', 'Job/webapp-migrate (1)'],
    'post-upgrade': ['Job/webapp-notify (3)'],
    'pre-delete': ['Job/webapp-backup (0)'],
    'post-delete': ['Job/webapp-notify (3)', 'Job/webapp-cleanup (4)'],
  });
});

test('the resources of the release come between its hooks; what the hooks need comes before', async () => {
  await run();
  expect(registered.map(({ type, name }) => `${type.split(':').at(-1)} ${name}`)).toEqual([
    'HookedRelease webapp',
    'Namespace webapp',
    'Secret webapp-db',
    'Opening webapp-opening',
    'ConfigMap webapp:webapp',
    'Secret webapp:webapp-session',
    'PersistentVolumeClaim webapp:webapp-backups',
    'Service webapp:webapp',
    'Deployment webapp:webapp',
    'Closing webapp-closing',
  ]);
});

test('secrets of the configuration leave the program as secrets', async () => {
  await run();
  const secrets = ['webapp-db', 'webapp:webapp-session'].map((name) => inputsOf(name).stringData);
  expect(secrets.map((secret) => pulumi.runtime.isRpcSecret(secret))).toEqual([true, true]);
  expect(secrets.map((secret): unknown => pulumi.runtime.unwrapRpcSecret(secret))).toEqual([{ password: 'the-password' }, { key: 'the-session-key' }]);
});

test('hooks read the password from the Secret that the stack makes', async () => {
  await run();
  const migrate = inputsOf('webapp-opening').hooks.find(({ metadata }: { metadata: { name: string } }) => metadata.name === 'webapp-migrate');
  expect(migrate.spec.template.spec.containers[0].env).toContainEqual({ name: 'PGPASSWORD', valueFrom: { secretKeyRef: { name: 'webapp-db', key: 'password' } } });
});

test('another version runs the hooks, the same does not', async () => {
  const digests: unknown[] = [];
  for (const version of ['1.0.0', '2.0.0', '2.0.0']) {
    await run({ version });
    digests.push(pulumi.runtime.unwrapRpcSecret(inputsOf('webapp-opening').digest));
  }
  expect([digests[0] === digests[1], digests[1] === digests[2]]).toEqual([false, true]);
});

test('a version that there is not is refused', async () => {
  await expect(run({ version: '1.0' })).rejects.toThrow('version must be one of 1.0.0, 2.0.0, 3.0.0');
});
