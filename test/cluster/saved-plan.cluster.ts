import { configMap, hook } from '../conformance/manifests';
import { auditTrail } from './audit';
import { lifecycle, succeeded } from './cli';
import { testCluster } from './cluster';
import { getObject } from './kubectl';
import { manifestFolder } from './manifest-folder';
import { withNamespace } from './namespace';

/* A plan is kept in a file, the world moves on, and the plan is refused; one that still holds is done. */

const folder = manifestFolder('saved-plan');

const next = () => folder.write('next', configMap('settings', { colour: 'blue' }), hook('backup', { on: 'pre-upgrade' }));

test('a plan that is stale is refused before anything is written; a new one is done', () =>
  withNamespace('plan', async (namespace) => {
    const { kubeconfig: KUBECONFIG } = await testCluster();
    const run = (...args: readonly string[]) => lifecycle([...args, '-n', namespace], { env: { KUBECONFIG } });
    const plan = folder.path('plan.json');
    succeeded(await run('install', 'web', folder.write('first', configMap('settings', { colour: 'red' }))));
    succeeded(await run('plan', 'web', next(), '--out', plan));
    succeeded(await run('upgrade', 'web', folder.write('other', configMap('settings', { colour: 'green' }))));

    const since = new Date();
    const stale = await run('upgrade', 'web', next(), '--plan', plan);
    expect([stale.code, stale.stderr]).toEqual([1, expect.stringContaining('when the plan was made, revision 1 was deployed; now revision 2 is deployed') as string]);
    const written = (await auditTrail({ since, namespace })).filter(({ verb, resource }) => ['create', 'update', 'patch', 'delete'].includes(verb) && resource !== 'leases');
    expect(written.map(({ verb, resource, name }) => `${verb} ${resource}/${name}`)).toEqual([]);

    const made = await run('plan', 'web', next(), '--out', plan, '--detailed-exitcode');
    expect([made.code, made.stdout.split('\n')]).toEqual([2, [
      'upgrade web, namespace ' + namespace + ': revision 2 -> 3', 'hooks before', '  pre-upgrade      0  Job/backup', 'resources', '  ~ ConfigMap/settings  data.colour', '',
    ]]);
    succeeded(await run('upgrade', 'web', next(), '--plan', plan));
    expect(await getObject('configmap/settings', namespace)).toMatchObject({ data: { colour: 'blue' } });
  }));
