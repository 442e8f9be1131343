/* What somebody writes who tests a chart with the installed package; consumers.pack.ts compiles and runs it in every kind of project. */
import { App, Chart } from 'cdk8s';
import { BackupHook, MigrationHook } from 'cdk8s-lifecycle';
import { Hooks, MismatchError, ReleaseRehearsal, fails } from 'cdk8s-lifecycle/testing';

function shop(): Chart {
  const chart = new Chart(new App(), 'shop');
  const backup = new BackupHook(chart, 'backup', { image: 'shop:1', command: ['dump'] });
  new MigrationHook(chart, 'migrate', { image: 'shop:1', command: ['migrate'] }).protectedBy(backup);
  return chart;
}

async function main(): Promise<void> {
  Hooks.fromChart(shop()).at('pre-upgrade').inOrder('backup', 'migrate');
  const release = new ReleaseRehearsal({ outcomes: { migrate: fails({ exitCode: 3 }) } });
  const install = await release.install(shop());
  install.failed('exited 3').ran('migrate');
  release.hasRevisions('1 failed');
  try {
    install.succeeded();
  } catch (error) {
    if (!(error instanceof MismatchError)) throw error;
    console.log(error.message.split(', but')[0]);
  }
}

void main();
