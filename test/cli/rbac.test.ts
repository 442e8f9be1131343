import { loadAll } from 'js-yaml';
import { ClusterError } from '../../src/cluster';
import { Role } from '../../src/lifecycle';
import { KubeObject } from '../../src/vocabulary';
import { configMap, job, object, withMetadata } from '../release/manifests';
import { SimulatedCli } from './simulated-cli';

let cli: SimulatedCli;

beforeEach(async () => {
  cli = await SimulatedCli.open();
});

afterEach(() => cli.close());

/** `rbac web`, and the objects that it prints. */
async function rbac(...args: readonly string[]) {
  const { code, out, err } = await cli.run('rbac', 'web', ...args);
  return { code, err, objects: code === 0 ? (loadAll(out.join('\n')) as KubeObject[]) : [] };
}

/** The rules on a resource, as words: `get,patch a,b`. */
function rulesOn(objects: readonly KubeObject[], resource: string): string[] {
  const rules = objects.flatMap((each) => (each as Role).rules ?? []);
  return rules.filter(({ resources }) => resources.includes(resource)).map(({ verbs, resourceNames = [] }) => [verbs.join(), resourceNames.join()].filter(Boolean).join(' '));
}

test('the roles of manifests that were never installed', async () => {
  const { code, objects, err } = await rbac(cli.manifests(configMap('settings'), job('migrate', { on: 'pre-upgrade' })));
  expect([code, err]).toEqual([0, []]);
  expect(objects.map(({ kind }) => kind)).toEqual(['Role', 'RoleBinding']);
  expect(rulesOn(objects, 'configmaps')).toEqual(['get,create,patch,delete settings']);
  expect(rulesOn(objects, 'jobs')).toEqual(['list,watch,create', 'get,delete migrate', 'patch migrate']);
  expect(rulesOn(objects, 'leases')).toEqual(['create', 'get,list,watch,update,delete cdk8s-lifecycle.web']);
  expect(objects[1].subjects).toEqual([{ kind: 'ServiceAccount', name: 'cdk8s-lifecycle', namespace: 'shop' }]);
});

test('what older revisions hold counts, too', async () => {
  expect(await cli.run('install', 'web', cli.manifests(configMap('old')))).toMatchObject({ code: 0 });
  const upgrade = await rbac(cli.manifests(configMap('new')), '--for', 'upgrade');
  expect(rulesOn(upgrade.objects, 'configmaps')).toEqual(['get,create,patch new', 'get,delete old']);
  const uninstall = await rbac('--for', 'uninstall');
  expect(rulesOn(uninstall.objects, 'configmaps')).toEqual(['get,delete old']);
});

test('revisions that may not be read are told of, and the manifests are what there is', async () => {
  jest.spyOn(cli.cluster, 'list').mockRejectedValue(new ClusterError('forbidden', { verb: 'list', target: 'Secrets' }, 'no'));
  const { code, err, objects } = await rbac(cli.manifests(configMap('new')), '--for', 'upgrade');
  expect([code, err]).toEqual([0, ['warning: the revisions of the release may not be read, so what only older ones hold is missing']]);
  expect(rulesOn(objects, 'configmaps')).toEqual(['get,create,patch new']);
});

test('what --wait needs is only in it where it is asked for', async () => {
  const file = cli.manifests(configMap('a'));
  expect(rulesOn((await rbac(file, '--for', 'install', '--wait')).objects, 'configmaps')).toEqual(['list,watch', 'get,create,patch a']);
});

test('objects without a namespace, and namespaces of the release itself, need a ClusterRole', async () => {
  const file = cli.manifests(
    object('v1', 'Namespace', 'made'), withMetadata(configMap('far'), { namespace: 'made' }), object('scheduling.k8s.io/v1', 'PriorityClass', 'high', { value: 1 }),
  );
  const { objects } = await rbac(file, '--for', 'install');
  expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}`.trim())).toEqual(['ClusterRole', 'ClusterRoleBinding', 'Role shop', 'RoleBinding shop']);
  const [wide] = objects;
  expect([rulesOn([wide], 'configmaps'), rulesOn([wide], 'namespaces'), rulesOn([wide], 'priorityclasses')]).toEqual([
    ['get,create,patch far'], ['get,create,patch made'], ['get,create,patch high'],
  ]);
});

test('with --create-namespace the namespace stands before the roles in it', async () => {
  const { objects } = await rbac(cli.manifests(configMap('a')), '-n', 'new', '--create-namespace');
  expect(objects.map(({ kind, metadata }) => [kind, metadata.namespace ?? metadata.name])).toEqual([['Namespace', 'new'], ['Role', 'new'], ['RoleBinding', 'new']]);
});

test.each<[string[], object]>([
  [['--service-account', 'ci/deployer'], { kind: 'ServiceAccount', name: 'deployer', namespace: 'ci' }],
  [['--user', 'ada'], { kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'ada' }],
  [['--group', 'ops'], { kind: 'Group', apiGroup: 'rbac.authorization.k8s.io', name: 'ops' }],
])('%j gets them', async (flags, subject) => {
  const { objects } = await rbac(cli.manifests(configMap('a')), ...flags);
  expect(objects.at(-1)?.subjects).toEqual([subject]);
});

test.each<[string, string[], number, string]>([
  ['two subjects', ['a.yaml', '--user', 'ada', '--group', 'ops'], 64, 'error: --service-account, --user and --group exclude each other: name one of them'],
  ['no manifests and no release', [], 64, 'error: no manifests, and no release "web" in namespace shop whose revisions could tell: name one of them'],
  ['an install without manifests', ['--for', 'install'], 64, 'error: no manifests: what is needed for an install follows from them'],
])('%s: wrong usage', async (_, args, code, message) => {
  const { err, ...result } = await rbac(...args);
  expect([result.code, err[0]]).toEqual([code, message]);
});

test('an operation that lacks a right fails before anything is written, and says how to get it', async () => {
  jest.spyOn(cli.cluster, 'denied').mockImplementation(async (accesses) => accesses.filter(({ verb, resource }) => verb === 'create' && resource === 'leases'));
  const written = ['create', 'apply', 'replace', 'patch', 'delete'].map((method) => jest.spyOn(cli.cluster, method as 'create'));
  const { code, err } = await cli.run('install', 'web', cli.manifests(configMap('a')));
  expect([code, err]).toEqual([1, [
    'error: The user of this kubeconfig may not do all that this install of release "web" does; it lacks',
    '  create leases.coordination.k8s.io in namespace shop',
    '  Nothing was touched. Let somebody who may grant it: cdk8s-lifecycle rbac web … -n shop | kubectl apply -f -',
  ]]);
  for (const write of written) expect(write).not.toHaveBeenCalled();
});
