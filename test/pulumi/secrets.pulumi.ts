import { readFileSync } from 'node:fs';
import * as pulumi from '@pulumi/pulumi';
import { ApiObject, Chart } from 'cdk8s';
import { MigrationHook } from 'cdk8s-lifecycle';
import { HookedRelease, late } from 'cdk8s-lifecycle/pulumi';
import { EnvValue } from 'cdk8s-plus-27';
import { readJournalSecret } from '../../src/release';
import { KubeObject } from '../../src/vocabulary';
import { testCluster } from '../cluster/cluster';
import { BUSYBOX_IMAGE } from '../cluster/images';
import { kubectl } from '../cluster/kubectl';
import { createNamespace, deleteNamespace } from '../cluster/namespace';
import { Outcome, Stack } from './engine';

/* Secrets of a program, its hooks and its kubeconfig are in clear only where the cluster itself keeps them: in objects that are made of them. */

const CANARIES = {
  password: 'canary-of-a-password',
  apiKey: 'canary-of-an-api-key',
  setting: 'canary-of-a-setting',
  trigger: 'canary-of-a-trigger',
};

let namespace: string;
let kubeconfig: string;
/** What may be seen nowhere: the secrets of the program, and the token of the kubeconfig. */
let secrets: readonly string[];
let stack: Stack;
let said = '';

beforeAll(async () => {
  [stack, namespace] = await Promise.all([Stack.create(), createNamespace('secrets')]);
  kubeconfig = readFileSync((await testCluster()).kubeconfig, 'utf8');
  const [{ user }] = (JSON.parse(kubeconfig) as { readonly users: readonly [{ readonly user: { readonly token: string } }] }).users;
  secrets = [...Object.values(CANARIES), user.token];
});

afterAll(() => Promise.all([stack?.remove(), deleteNamespace(namespace)]));

function heard(outcome: Outcome): Outcome {
  said += outcome.output + JSON.stringify(outcome.events);
  return outcome;
}

/** A release whose hook prints all that it knows, in every event; it fails where it is told so. */
function program(version: string, exitCode = 0): () => object {
  const { password, apiKey, setting, trigger } = CANARIES;
  return () => {
    const { hooks } = new HookedRelease('web', {
      chart: (scope) => {
        const chart = new Chart(scope, 'web', { disableResourceNameHashes: true });
        const database = late.string(pulumi.secret(password), 'database password');
        new ApiObject(chart, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { version, setting: late.string(pulumi.secret(setting)) } } as never);
        new ApiObject(chart, 'key', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'key' }, stringData: { apiKey } } as never);
        new MigrationHook(chart, 'migrate', {
          image: BUSYBOX_IMAGE,
          user: 65534,
          env: { DATABASE: EnvValue.fromValue(`postgres://app:${database}@db`), CODE: EnvValue.fromValue(String(exitCode)) },
          command: ['sh', '-c', 'echo "connecting to $DATABASE"; echo "the password is ${DATABASE}" | cut -d: -f3 | cut -d@ -f1; exit $CODE'],
        });
      },
      namespace,
      trigger: pulumi.secret(trigger),
      connection: { kubeconfig },
    });
    return { hooks };
  };
}

test('a release is previewed, installed, changed, fails, goes on and is destroyed; its hook says what it knows', async () => {
  const operations = [
    () => stack.preview(program('1')), () => stack.up(program('1')), () => stack.preview(program('2')), () => stack.up(program('2')),
    () => stack.up(program('3', 1)), () => stack.refresh(), () => stack.up(program('4')),
  ];
  const failed: boolean[] = [];
  for (const operation of operations) failed.push(heard(await operation()).failed);
  expect(failed).toEqual([false, false, false, false, true, false, false]);
  expect(said).toContain('Job/web-migrate | connecting to postgres://app:***@db');
  expect(said).toContain('The last lines it printed:');
});

test('the journals that are kept in the cluster have its log without them', async () => {
  const { items } = JSON.parse(await kubectl(['get', 'secrets', '-l', 'owner=cdk8s-lifecycle', '-o', 'json'], { namespace })) as { readonly items: readonly KubeObject[] };
  const journals = items.filter(({ metadata }) => metadata.name!.includes('.web.v')).map((secret) => readJournalSecret(secret));
  const text = JSON.stringify(journals);
  expect(text).toContain('connecting to postgres://app:***@db');
  expect(inClear(text)).toEqual([]);
});

test('nothing of it was said or written in clear', async () => {
  expect(heard(await stack.destroy()).failed).toBe(false);
  expect(inClear(said)).toEqual([]);
  expect(inClear(stack.everythingWritten())).toEqual([]);
});

/** The secrets that a text shows, as they are or in base64. */
function inClear(text: string): string[] {
  expect(secrets.length).toBe(5);
  return secrets.flatMap((secret) => [secret, Buffer.from(secret).toString('base64')]).filter((secret) => text.includes(secret));
}
