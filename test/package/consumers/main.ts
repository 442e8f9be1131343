/* What somebody writes who installed the package; consumers.pack.ts compiles and runs it in every kind of project. */
import { App, Chart } from 'cdk8s';
import { MigrationHook } from 'cdk8s-lifecycle';
import { KubernetesCluster, SimulatedCluster, execute, planInstall, readContent } from 'cdk8s-lifecycle/runner';

function connect(): string {
  try {
    return `connected to ${KubernetesCluster.connect().name}`;
  } catch (error) {
    return (error as Error).message;
  }
}

async function main(): Promise<void> {
  const app = new App();
  new MigrationHook(new Chart(app, 'shop'), 'migrate', { image: 'shop:1', command: ['migrate'] });
  const content = readContent([{ path: 'shop.yaml', text: app.synthYaml() }], 'default');
  const plan = planInstall([], content, { release: 'shop', namespace: 'default' });
  const outcome = await execute(plan, new SimulatedCluster(), (event) => {
    if (event.kind === 'hook-finished') console.log(`${event.event} ${event.hook.kind} ${event.verdict.kind}`);
  });
  console.log(`${outcome.operation} ${outcome.release} ${outcome.status}`);
  console.log(connect());
}

void main();
