import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { auditTrail } from '../cluster/audit';
import { getObject, kubectl } from '../cluster/kubectl';
import { createNamespace, deleteNamespace } from '../cluster/namespace';
import { Outcome, Stack } from './engine';
import { configMap, deployment, job } from './workloads';

/* The plugin that stands in for Pulumi's own does to a real cluster what that one does, as far as releases can tell. */

let namespace: string;
let stack: Stack;

beforeEach(async () => {
  namespace = await createNamespace('pulumi');
  stack = await Stack.create();
});

afterEach(async () => {
  await stack.remove();
  await deleteNamespace(namespace);
});

/** What was written, in the order of the API server's log. */
async function writes(verbs: readonly string[] = ['create', 'patch', 'delete']): Promise<string[]> {
  const own = (await auditTrail({ namespace })).filter(({ user, code, subresource }) => user === 'admin' && code < 300 && !subresource);
  return own.filter(({ verb }) => verbs.includes(verb)).map(({ verb, resource, name }) => `${verb} ${resource}/${name}`);
}

function done({ steps }: Outcome): string[] {
  return steps.filter(({ op }) => op !== 'same').map(({ op, name }) => `${op} ${name}`);
}

test('objects go up in the order of their dependencies, change in place, and go in reverse order', async () => {
  const program = (greeting: string) => () => {
    const config = configMap('config', namespace, { color: 'blue' });
    const web = deployment('web', { namespace, env: { GREETING: greeting } }, { dependsOn: [config] });
    configMap('last', namespace, { ready: web.status.apply(({ readyReplicas }) => String(readyReplicas)) });
  };
  const up = await stack.up(program('hello'));
  expect(up).toMatchObject({ failed: false, diagnostics: [] });
  expect(await writes()).toEqual(['patch configmaps/config', 'patch deployments/web', 'patch configmaps/last']);
  expect(await getObject('configmap/last', namespace)).toMatchObject({ data: { ready: '1' } });

  expect(await stack.up(program('hello'))).toMatchObject({ failed: false, changes: { same: 4 } });
  expect(done(await stack.up(program('good day')))).toEqual(['update web']);
  expect((await writes()).slice(3)).toEqual(['patch deployments/web']);

  expect(await stack.destroy()).toMatchObject({ failed: false });
  expect((await writes()).slice(4)).toEqual(['delete configmaps/last', 'delete deployments/web', 'delete configmaps/config']);
  expect((await kubectl(['get', 'deployments,replicasets,pods', '-o', 'name'], { namespace })).trim()).toBe('');
});

test('secrets are nowhere in clear, not even those that only the kind of object makes secret', async () => {
  const canaries = ['canary-of-a-password', 'canary-of-a-setting', 'canary-of-a-variable'];
  const [password, setting, variable] = canaries;
  const program = () => {
    const secret = new k8s.core.v1.Secret('db', { metadata: { name: 'db', namespace }, stringData: { password } });
    configMap('config', namespace, { setting: pulumi.secret(setting) });
    deployment('web', { namespace, env: { VARIABLE: pulumi.secret(variable) } });
    return { data: secret.data };
  };
  const outcomes = [await stack.preview(program), await stack.up(program), await stack.refresh(), await stack.up(program)];
  expect(outcomes.map(({ failed }) => failed)).toEqual([false, false, false, false]);
  expect(outcomes.at(-1)!.changes).toEqual({ same: 4 });
  const text = [stack.everythingWritten(), ...outcomes.map(({ output, events }) => output + JSON.stringify(events))].join('\n');
  const encoded = canaries.map((canary) => Buffer.from(canary).toString('base64'));
  expect([...canaries, ...encoded].filter((canary) => text.includes(canary))).toEqual([]);
  expect(await getObject('configmap/config', namespace)).toMatchObject({ data: { setting } });
});

test('a Job that fails is in the state, with the reason, and is replaced by one that succeeds', async () => {
  const program = (exitCode: number) => () => {
    const migrate = job('migrate', { namespace, exitCode });
    configMap('config', namespace, {}, { dependsOn: [migrate] });
  };
  const up = await stack.up(program(1));
  expect(up).toMatchObject({ failed: true, steps: [{ op: 'create', name: 'migrate', failed: true }] });
  expect(up.diagnostics[0]).toMatchObject({ name: 'migrate', severity: 'error', message: expect.stringContaining('it failed: ') as string });
  expect(stack.state().resources.find(({ type }) => type.endsWith(':Job'))).toMatchObject({ id: `${namespace}/migrate`, initErrors: [expect.any(String)] });
  expect(await stack.up(program(1))).toMatchObject({ failed: true, steps: [{ op: 'update', name: 'migrate', failed: true }] });
  expect(done(await stack.up(program(0)))).toEqual(['delete-replaced migrate', 'replace migrate', 'create-replacement migrate', 'create config']);
  expect(await writes(['delete', 'patch'])).toEqual([
    'patch jobs/migrate', 'patch jobs/migrate', 'delete jobs/migrate', 'patch jobs/migrate', 'patch configmaps/config',
  ]);
});

test('what is not ready in time fails, unless nobody waits for it', async () => {
  const program = (annotations: Readonly<Record<string, string>>) => () => void deployment('web', { namespace, node: 'none', annotations });
  const up = await stack.up(program({ 'pulumi.com/timeoutSeconds': '1' }));
  expect(up.failed).toBe(true);
  expect(up.output).toContain('timed out after 1 s');
  expect(await stack.up(program({ 'pulumi.com/skipAwait': 'true' }))).toMatchObject({ failed: false });
});

test('a preview writes nothing, and tells what the API server would refuse', async () => {
  const preview = await stack.preview(() => {
    const web = deployment('web', { namespace });
    configMap('config', namespace, { uid: web.metadata.uid });
  });
  expect(preview).toMatchObject({ failed: false, changes: { create: 3 } });
  const refused = await stack.preview(() => void new k8s.core.v1.ConfigMap('Bad', { metadata: { name: 'Bad_name', namespace } }));
  expect(refused.failed).toBe(true);
  expect(refused.output).toContain('Invalid value');
  expect(await kubectl(['get', 'deployments,configmaps', '-o', 'name'], { namespace })).toBe('configmap/kube-root-ca.crt\n');
});

test('a ConfigMap whose data change is replaced: in place of its name first deleted, otherwise afterwards', async () => {
  const program = (color: string) => () => {
    configMap('named', namespace, { color });
    new k8s.core.v1.ConfigMap('autonamed', { metadata: { namespace }, data: { color } });
  };
  await stack.up(program('blue'));
  const up = await stack.up(program('red'));
  expect(up.failed).toBe(false);
  expect(done(up).filter((step) => step.endsWith(' named'))).toEqual(['delete-replaced named', 'replace named', 'create-replacement named']);
  expect(done(up).filter((step) => step.endsWith(' autonamed'))).toEqual(['create-replacement autonamed', 'replace autonamed', 'delete-replaced autonamed']);
});

test('a refresh sees what others have done, and the next up undoes it', async () => {
  const program = () => {
    deployment('web', { namespace, env: { GREETING: 'hello' } });
    configMap('config', namespace, { color: 'blue' });
  };
  await stack.up(program);
  await kubectl(['set', 'env', 'deployment/web', 'GREETING=goodbye'], { namespace });
  await kubectl(['delete', 'configmap/config'], { namespace });
  const refreshed = await stack.refresh();
  expect(refreshed.failed).toBe(false);
  expect(stack.state().resources.map(({ urn }) => urn.split('::').at(-1))).not.toContain('config');
  const up = await stack.up(program);
  expect(up).toMatchObject({ failed: true }); // kubectl owns the field
  expect(done(up)).toContain('create config');
});

test('an operation on targets leaves the others alone', async () => {
  const program = (color: string) => () => {
    configMap('one', namespace, { color });
    configMap('two', namespace, { color });
  };
  await stack.up(program('blue'));
  expect(done(await stack.up(program('red'), { target: ['one'] }))).toEqual(['delete-replaced one', 'replace one', 'create-replacement one']);
  expect(done(await stack.destroy({ target: ['two'] }))).toEqual(['delete two']);
  expect(await getObject('configmap/one', namespace)).toMatchObject({ data: { color: 'red' } });
});

test('a provider of its own has a kubeconfig and a namespace', async () => {
  const kubeconfig = await kubectl(['config', 'view', '--raw', '--flatten', '-o', 'json']);
  const up = await stack.up(() => {
    const provider = new k8s.Provider('own', { kubeconfig, namespace });
    new k8s.core.v1.ConfigMap('config', { metadata: { name: 'config' } }, { provider });
  });
  expect(up.failed).toBe(false);
  expect(await writes()).toEqual(['patch configmaps/config']);
});
