import { configMap, hook } from '../conformance/manifests';
import { Background, eventsOf } from './background';
import { lifecycle, runProgram, succeeded } from './cli';
import { TestCluster, testCluster } from './cluster';
import { getObject } from './kubectl';
import { manifestFolder } from './manifest-folder';
import { withNamespace } from './namespace';
import { waitUntil } from './wait';

/* An upgrade whose process is killed in its second hook, resumed on the real API server; and what both helms make of that revision. */

const folder = manifestFolder('resume');
let cluster: TestCluster;

beforeAll(async () => {
  cluster = await testCluster();
});

/** A release whose migration takes so long. */
const revision = (migration: string) => folder.write(
  migration, configMap('settings'), hook('backup', { on: 'pre-upgrade' }), hook('migrate', { on: 'pre-upgrade', weight: '1', runsFor: migration }),
);

async function uidOf(job: string, namespace: string): Promise<string | undefined> {
  const { items } = await getObject<{ readonly items: readonly { readonly metadata: { readonly name: string; readonly uid: string } }[] }>('jobs', namespace);
  return items.find(({ metadata: { name } }) => name === job)?.metadata.uid;
}

test('an upgrade that was killed goes on where it was: what had succeeded does not run again, and helm reads the revision as its own', () =>
  withNamespace('resume', async (namespace) => {
    const env = { KUBECONFIG: cluster.kubeconfig };
    const run = (...args: readonly string[]) => lifecycle([...args, '-n', namespace], { env });
    succeeded(await run('install', 'web', folder.write('first', configMap('settings'))));

    const killed = new Background(['upgrade', 'web', revision('30s'), '-n', namespace], { env });
    await waitUntil('the migration runs', async () => (await uidOf('migrate', namespace)) !== undefined, { seconds: 60 });
    const backup = await uidOf('backup', namespace);
    killed.signal('SIGKILL');
    await killed.ended;

    const other = await run('upgrade', 'web', revision('1s'), '--resume');
    expect([other.code, other.stderr.split('\n')[0]]).toEqual([1, 'error: Revision 2 of release "web" cannot be resumed with other manifests; one differs: hook Job/migrate']);

    const resumed = new Background(['upgrade', 'web', '--resume', '-n', namespace], { env });
    await resumed.printed('"kind":"hook-skipped"');
    const ran = await resumed.ended;
    const steps = eventsOf(ran).filter(({ kind }) => ['hook-skipped', 'hook-started'].includes(kind as string));
    expect(steps.map(({ kind, hook: of }) => [kind, (of as { readonly name: string }).name]))
      .toEqual([['hook-skipped', 'backup'], ['hook-started', 'migrate']]);
    expect([ran.code, await uidOf('backup', namespace)]).toEqual([0, backup]);

    for (const helm of ['helm3', 'helm4'] as const) {
      const json = succeeded(await runProgram(cluster[helm], ['history', 'web', '-n', namespace, '-o', 'json'], { env }));
      const history = JSON.parse(json) as readonly { readonly revision: number; readonly status: string; readonly description: string }[];
      expect(history.map((each) => [each.revision, each.status, each.description]))
        .toEqual([[1, 'superseded', 'Install complete'], [2, 'deployed', 'Upgrade complete']]);
    }
    succeeded(await runProgram(cluster.helm4, ['rollback', 'web', '1', '-n', namespace], { env }));
  }));
