import { Manifest } from '../conformance/behaviour';
import { annotated, configMap, hook } from '../conformance/manifests';
import { lifecycle, succeeded } from './cli';
import { testCluster } from './cluster';
import { kubectl } from './kubectl';
import { manifestFolder } from './manifest-folder';
import { createNamespace, deleteNamespace } from './namespace';

/* A hook that runs only when something has changed, on the real API server: what it keeps of a Secret, and what it reads at its turn. */

const DIGEST = `work@sha256:${'0123456789abcdef'.repeat(4)}`;

const folder = manifestFolder('only-when-changed');
let namespace: string;

beforeAll(async () => {
  namespace = await createNamespace('change');
});

afterAll(() => deleteNamespace(namespace));

interface PodTemplate {
  readonly spec: { readonly containers: readonly object[] };
}

/** A hook on the fake node that sees a ConfigMap of its release and a Secret of somebody else's. */
function seed(image: string): Manifest {
  const { spec, ...rest } = annotated(hook('seed', { on: 'post-install,post-upgrade', image }), { 'cdk8s-lifecycle/run-on': 'change' });
  const { template } = spec as { readonly template: PodTemplate };
  const [main] = template.spec.containers;
  const volumes = [{ name: 'settings', configMap: { name: 'settings' } }];
  const containers = [{ ...main, envFrom: [{ secretRef: { name: 'db' } }] }];
  return { ...rest, spec: { ...(spec as object), template: { ...template, spec: { ...template.spec, containers, volumes } } } };
}

function manifests(x: string, image = DIGEST): string {
  return folder.write('web', { ...configMap('settings'), data: { x } }, seed(image));
}

const run = async (...args: string[]) => succeeded(await lifecycle([...args, '-n', namespace], { env: { KUBECONFIG: (await testCluster()).kubeconfig } }));

/** What became of the hook. */
async function told(operation: string, x: string, image?: string, ...flags: string[]): Promise<string> {
  const lines = (await run(operation, 'web', manifests(x, image), ...flags)).split('\n').filter((line) => /Job\/seed +(started|skipped)/.test(line));
  return lines.map((line) => line.replace(/^.*Job\/seed +/, '')).join('\n');
}

async function password(text: string): Promise<void> {
  await kubectl(['create', 'secret', 'generic', 'db', `--from-literal=password=${text}`, '--dry-run=client', '-o', 'yaml'], { namespace })
    .then((yaml) => kubectl(['apply', '-f', '-'], { namespace, input: yaml }));
}

test('an upgrade passes over a hook until its ConfigMap, its Secret or its image has changed, and says which', async () => {
  await password('swordfish');
  expect(await told('install', '1')).toBe('started');
  expect(await told('upgrade', '1')).toBe('skipped: nothing that it uses has changed since it succeeded in revision 1');
  expect(await told('upgrade', '2')).toBe('started: ConfigMap/settings has changed since it succeeded in revision 1');
  await password('sesame');
  const plan = await run('plan', 'web', manifests('2'), '--out', folder.path('plan.json'));
  expect(plan).toContain('Job/seed  (skipped unless, at its turn, Secret/db or ConfigMap/settings has changed since it succeeded in revision 3)');
  expect(await told('upgrade', '2', DIGEST, '--plan', folder.path('plan.json'))).toBe('started: Secret/db has changed since it succeeded in revision 3');
  expect(await told('upgrade', '2')).toBe('skipped: nothing that it uses has changed since it succeeded in revision 4');
  expect(await told('upgrade', '2', 'work:1')).toBe('started: it does something else since it succeeded in revision 4');
  expect(await told('upgrade', '2', 'work:1')).toBe('started: its image work:1 has no digest');
  const journal = await kubectl(['get', 'secret', 'cdk8s-lifecycle.v1.web.v7', '-o', 'jsonpath={.data.journal}'], { namespace });
  const kept = Buffer.from(journal, 'base64').toString('utf8');
  expect(kept).toContain('"successes":[{"hook":{"apiVersion":"batch/v1","kind":"Job","name":"seed"');
  expect(kept).not.toMatch(/sesame|swordfish|c2VzYW1l|c3dvcmRmaXNo/);
}, 120_000);

test('after a rollback it runs once more', async () => {
  await run('rollback', 'web');
  expect(await told('upgrade', '2')).toBe('started: no earlier success of it is known');
}, 60_000);
