import { annotated, configMap, hook } from '../conformance/manifests';
import { auditTrail } from './audit';
import { lifecycle, succeeded } from './cli';
import { testCluster } from './cluster';
import { getObject } from './kubectl';
import { manifestFolder } from './manifest-folder';
import { withNamespace } from './namespace';

/* A rollback over a migration that nothing takes back, on the real API server. */

const folder = manifestFolder('irreversible');

test('it is refused before anything is written, and done where the loss is accepted', () =>
  withNamespace('irreversible', async (namespace) => {
    const { kubeconfig: KUBECONFIG } = await testCluster();
    const run = (...args: readonly string[]) => lifecycle([...args, '-n', namespace], { env: { KUBECONFIG } });
    const migration = annotated(hook('drop-column', { on: 'pre-upgrade' }), { 'cdk8s-lifecycle/irreversible': 'true' });
    succeeded(await run('install', 'web', folder.write('first', configMap('settings', { version: '1' }))));
    succeeded(await run('upgrade', 'web', folder.write('second', configMap('settings', { version: '2' }), migration)));

    const since = new Date();
    const refused = await run('rollback', 'web');
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('does not take back what Job/drop-column of revision 2 did') as string]);
    const written = (await auditTrail({ since, namespace })).filter(({ verb, resource }) => ['create', 'update', 'patch', 'delete'].includes(verb) && resource !== 'leases');
    expect(written.map(({ verb, resource, name }) => `${verb} ${resource}/${name}`)).toEqual([]);

    succeeded(await run('rollback', 'web', '--accept-data-loss'));
    expect(await getObject('configmap/settings', namespace)).toMatchObject({ data: { version: '1' } });
  }));
