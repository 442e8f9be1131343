import { KubernetesCluster } from '../../src/cluster/kubernetes';
import { LifecycleEvent, Plan, PlanOptions, RecordStore, performWith, planInstall, planRollback, planUninstall, planUpgrade } from '../../src/lifecycle';
import { History, readContent } from '../../src/release';
import { TextReporter } from '../../src/report';
import { RehearsedOperation, ReleaseRehearsal, fails, succeeds } from '../../src/testing';
import { testCluster } from './cluster';
import { BUSYBOX_IMAGE } from './images';
import { createNamespace, deleteNamespace } from './namespace';

/* What a rehearsal says of a release is what a real cluster makes of it: the same life is played on both, and told in the same words. */

let namespace: string;
let cluster: KubernetesCluster;

beforeAll(async () => {
  namespace = await createNamespace('rehearsal');
  cluster = KubernetesCluster.connect({ kubeconfig: (await testCluster()).kubeconfig });
});

afterAll(() => deleteNamespace(namespace));

const BROKEN = 'relation "users" already exists';

function hook(name: string, events: string, weight: number, script: string): object {
  const container = { name: 'main', image: BUSYBOX_IMAGE, command: ['sh', '-c', script] };
  const spec = { backoffLimit: 0, template: { spec: { restartPolicy: 'Never', containers: [container] } } };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name, annotations: { 'helm.sh/hook': events, 'helm.sh/hook-weight': String(weight) } }, spec };
}

function manifests(version: string, migration: string): string {
  const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { version } };
  const objects = [settings, hook('backup', 'pre-upgrade,pre-delete', 0, 'echo saved'), hook('migrate', 'post-install,pre-upgrade', 1, migration)];
  return objects.map((object) => JSON.stringify(object)).join('\n---\n');
}

const GOOD = 'true';
const FAILS = `echo '${BROKEN}'; exit 3`;

/** A step of the life, as both play it. */
interface Step {
  readonly operation: 'install' | 'upgrade' | 'rollback' | 'uninstall';
  readonly manifests?: string;
  readonly plan: (history: History, options: PlanOptions) => Plan;
  readonly rehearse: (release: ReleaseRehearsal) => Promise<RehearsedOperation>;
}

function deploy(operation: 'install' | 'upgrade', version: string, migration: string): Step {
  const text = manifests(version, migration);
  const content = () => readContent([{ path: 'shop.yaml', text }], namespace);
  return {
    operation,
    plan: (history, options) => (operation === 'install' ? planInstall : planUpgrade)(history, content(), options),
    rehearse: (release) => {
      release.script('migrate', migration === FAILS ? fails({ exitCode: 3, logs: [BROKEN] }) : succeeds());
      return release[operation](text);
    },
  };
}

const LIFE: readonly Step[] = [
  deploy('install', '1', GOOD),
  deploy('upgrade', '2', FAILS),
  deploy('upgrade', '3', GOOD),
  { operation: 'rollback', plan: (history, options) => planRollback(history, 1, options), rehearse: (release) => release.rollback(1) },
  { operation: 'uninstall', plan: planUninstall, rehearse: (release) => release.uninstall() },
];

/** Without the times, which are the only difference. */
function timeless(lines: readonly string[]): string[] {
  return lines.map((line) => line.replace(/\d+\.\d s/g, '… s'));
}

async function statuses(): Promise<string[]> {
  return (await new RecordStore(cluster, 'shop', namespace).history()).map(({ record: { version, info } }) => `${version} ${info.status}`);
}

async function play({ operation, plan }: Step): Promise<string[]> {
  const lines: string[] = [];
  const reporter = new TextReporter({ write: (line) => lines.push(line) });
  const planner = (history: History) => plan(history, { release: 'shop', namespace });
  await performWith({ operation, release: 'shop', namespace, plan: planner }, cluster, (event: LifecycleEvent) => reporter.report(event));
  return lines;
}

test('a rehearsed life is told in the words of the real one, with the same revisions', async () => {
  const release = new ReleaseRehearsal({ release: 'shop', namespace, outcomes: { backup: succeeds({ logs: ['saved'] }) } });
  for (const step of LIFE) {
    const [real, rehearsed] = [await play(step), await step.rehearse(release)];
    expect(timeless(rehearsed.report)).toEqual(timeless(real));
    release.hasRevisions(...(await statuses()));
  }
}, 120_000);
