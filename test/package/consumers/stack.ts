/* What somebody writes who has Pulumi, too; pulumi.pack.ts compiles and runs it in every kind of project. */
import * as pulumi from '@pulumi/pulumi';
import { ApiObject, Chart } from 'cdk8s';
import { MigrationHook } from 'cdk8s-lifecycle';
import { HookedRelease, RanHook, importChart, late } from 'cdk8s-lifecycle/pulumi';
import { Construct } from 'constructs';

function shop(host: pulumi.Input<string>) {
  return (scope: Construct) => {
    const chart = new Chart(scope, 'shop');
    new MigrationHook(chart, 'migrate', { image: 'shop:1', command: ['migrate'], name: 'migrate' });
    new ApiObject(chart, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { host: late.string(host) } });
  };
}

async function main(): Promise<void> {
  const newResource = ({ type, name, inputs }: pulumi.runtime.MockResourceArgs) => {
    console.log(`${type} ${name}`);
    return { id: name, state: inputs as Record<string, unknown> };
  };
  await pulumi.runtime.setMocks({ newResource, call: () => ({}) });
  const release = new HookedRelease('shop', { chart: shop(pulumi.output('db')) });
  const ran: pulumi.Output<RanHook[]> = release.hooks;
  await new Promise((resolve) => ran.apply(resolve));
  console.log(JSON.stringify(release.plan));
  console.log(typeof importChart({ manifests: 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }' }));
}

void main();
