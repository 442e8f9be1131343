import { App } from 'cdk8s';
import {
  Plan, PlanOptions, RecordStore, ReleaseContent, SimulatedCluster, TextReporter, execute, readContent, runs,
  planInstall, planRollback, planUninstall, planUpgrade,
} from 'cdk8s-lifecycle/runner';
import { Version, release } from './releases';
import { WebApp } from './webapp';

/*
 * The life of a release in one process: the web app is synthesized, and the engine runs its lifecycle on a simulated cluster. The times are those of the
 * cluster's own clock.
 */

const options: PlanOptions = { release: 'webapp', namespace: 'default', wait: true };

const SAVED = ['saved webapp as webapp-20260101T000007Z.dump (4096 bytes)', 'it was taken before webapp-migrate of docker.io/library/postgres:16'];

let migrationFails = false;

const cluster = new SimulatedCluster({
  jobs: ({ metadata: { name } }) => {
    switch (name) {
      case 'webapp-backup':
        return runs({ for: '3s', logs: SAVED });
      case 'webapp-migrate':
        return migrationFails
          ? runs({ for: '600ms', exitCode: 3, logs: ['psql:/migrations/003-require-email.sql:2: ERROR:  column "email" of relation "visitors" contains null values'] })
          : runs({ for: '2s' });
      default:
        return runs({ for: '500ms' });
    }
  },
});

function synthesize(version: Version): ReleaseContent {
  const app = new App();
  new WebApp(app, 'webapp', release(version));
  return readContent([{ path: 'webapp.k8s.yaml', text: app.synthYaml() }], options.namespace);
}

async function step(title: string, plan: (history: Awaited<ReturnType<RecordStore['history']>>) => Plan): Promise<void> {
  console.log(`\n# ${title}`);
  const reporter = new TextReporter({ write: console.log, colour: process.stdout.isTTY });
  const history = await new RecordStore(cluster, options.release, options.namespace).history();
  await execute(plan(history), cluster, (event) => reporter.report(event));
}

async function main(): Promise<void> {
  console.log('The web app of examples/webapp on a simulated cluster. Times are those of its virtual clock.');
  await step('Install version 1.0.0', (history) => planInstall(history, synthesize('1.0.0'), options));
  await step('Upgrade to version 2.0.0', (history) => planUpgrade(history, synthesize('2.0.0'), options));
  migrationFails = true;
  await step('Upgrade to version 3.0.0, whose migration fails', (history) => planUpgrade(history, synthesize('3.0.0'), options));
  await step('Roll back to version 1.0.0', (history) => planRollback(history, 1, options));
  await step('Uninstall', (history) => planUninstall(history, options));
}

void main();
