import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JOURNAL_SECRET_TYPE, RECORD_SECRET_TYPE, readJournalSecret, readRecordSecret } from '../../src/release';
import { KubeObject } from '../../src/vocabulary';
import { auditTrail } from './audit';
import { Ran, lifecycle } from './cli';
import { testCluster } from './cluster';
import { BUSYBOX_IMAGE } from './images';
import { apply, kubectl } from './kubectl';
import { createNamespace, deleteNamespace, withNamespace } from './namespace';

/* Values of Secrets are planted; then everything that the command line prints, and everything that it writes, is searched for them. */

const CANARIES = {
  resource: 'canary-of-a-resource',
  hook: 'canary+of/a?hook',
  live: 'canary that "lives"',
  number: '4071234567',
};
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** As they are, and as a hook may print them; the end of the base64 depends on what comes behind. */
const formsOf = (value: string) => [value, base64(value).slice(0, -4), encodeURIComponent(value), JSON.stringify(value).slice(1, -1)];
const FORMS = Object.values(CANARIES).flatMap(formsOf);

const leaks = (text: string) => FORMS.filter((form) => text.includes(form));

let namespace: string;
let folder: string;
let started: Date;
const ran: Ran[] = [];

beforeAll(async () => {
  namespace = await createNamespace('secrets');
  folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  await apply([{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'live' }, stringData: { password: CANARIES.live } }], namespace);
  started = new Date();
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await deleteNamespace(namespace);
});

async function run(...args: string[]): Promise<Ran> {
  const result = await lifecycle([...args, '-n', namespace], { env: { KUBECONFIG: (await testCluster()).kubeconfig } });
  ran.push(result);
  return result;
}

function manifests(...objects: readonly object[]): string {
  const path = join(folder, 'app.yaml');
  writeFileSync(path, objects.map((object) => JSON.stringify(object)).join('\n---\n'));
  return path;
}

const SECRET = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'resource' }, stringData: { password: CANARIES.resource } };
const HOOK_SECRET = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'hook', annotations: { 'helm.sh/hook': 'pre-install,pre-upgrade', 'helm.sh/hook-weight': '-5' } },
  stringData: { password: CANARIES.hook },
};

/** The shell puts the value together: the manifest of a Job does not hold it. */
const apart = (value: string) => `${value.slice(0, 4)}"${value.slice(4)}"`;

/** Prints what it knows in clear, in base64, from files and as part of something longer. */
const PRINT = [
  'echo "live $LIVE"',
  'printf %s "$LIVE" | base64',
  'echo "hook $HOOK"',
  'echo "user:$HOOK" | base64',
  'cat /secret/password; echo',
  `echo resource ${apart(CANARIES.resource)}`,
].join('; ');

function hookJob(script: string): object {
  const env = (name: string, secret: string) => ({ name, valueFrom: { secretKeyRef: { name: secret, key: 'password' } } });
  const container = {
    name: 'main',
    image: BUSYBOX_IMAGE,
    command: ['sh', '-c', script],
    env: [env('LIVE', 'live'), env('HOOK', 'hook')],
    volumeMounts: [{ name: 'secret', mountPath: '/secret' }],
  };
  const volumes = [{ name: 'secret', projected: { sources: [{ secret: { name: 'live' } }] } }];
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'migrate', annotations: { 'helm.sh/hook': 'pre-install,pre-upgrade' } },
    spec: { backoffLimit: 0, template: { spec: { restartPolicy: 'Never', containers: [container], volumes } } },
  };
}

const numbered = { ...SECRET, metadata: { name: 'numbered' }, stringData: { pin: Number(CANARIES.number) } };

test('a hook that prints values shows them to nobody', async () => {
  const { code, stdout } = await run('install', 'web', manifests(SECRET, HOOK_SECRET, hookJob(PRINT)));
  expect(code).toBe(0);
  const lines = stdout.split('\n').flatMap((line) => / \| (.*)/.exec(line)?.[1] ?? []);
  const around = expect.stringMatching(/^\w{6,7}\*\*\*\w{0,5}=*$/) as string;
  expect(lines).toEqual(['live ***', '***', 'hook ***', around, '***', 'resource ***']);
});

test('nor does a failure, in JSON', async () => {
  const { code, stdout } = await run('upgrade', 'web', manifests(SECRET, HOOK_SECRET, numbered, hookJob(`${PRINT}; echo pin ${apart(CANARIES.number)}; exit 3`)), '-o', 'json');
  expect(code).toBe(1);
  expect(stdout).toContain('pin ***');
});

test('nor does what the API server says of a Secret that it refuses', async () => {
  const { code, stdout } = await run('upgrade', 'web', manifests(SECRET, numbered));
  expect(code).toBe(1);
  expect(stdout).toContain('Secret/numbered');
});

test('nor do the commands that look at a release', async () => {
  await run('logs', 'web', '--revision', '1');
  await run('logs', 'web', '--revision', '2', '-o', 'json');
  await kubectl(['delete', 'job', 'migrate'], { namespace });
  const { stdout } = await run('logs', 'web', '--revision', '2');
  expect(stdout).toContain('live ***');
  for (const command of [['status', 'web'], ['history', 'web'], ['get', 'all', 'web', '--revision', '2'], ['plan', 'web', manifests(SECRET, HOOK_SECRET)]]) {
    expect((await run(...command)).code).toBe(0);
    expect((await run(...command, '-o', 'json')).code).toBe(0);
  }
  const changed = manifests({ ...SECRET, stringData: { password: `${CANARIES.resource}!` } }, HOOK_SECRET, numbered);
  expect((await run('diff', 'web', changed)).stdout).toContain('Secret/numbered');
  expect((await run('diff', 'web', changed, '-o', 'json')).stdout).toContain('numbered');
});

/** The rights that an operation needs, but those on Secrets only in the namespace of its release. */
async function grant(to: string, where: string): Promise<void> {
  const secrets = where === namespace ? ['secrets'] : [];
  const resources = ['pods', 'pods/log', 'events', 'jobs', 'leases', ...secrets];
  const rules = [{ apiGroups: ['', 'batch', 'coordination.k8s.io'], resources, verbs: ['*'] }];
  await apply([{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'blind' }, rules }], where);
  await kubectl(['create', 'rolebinding', 'blind', '--role=blind', `--serviceaccount=${to}`], { namespace: where });
}

test('a Secret that may not be read is named in a warning', () =>
  withNamespace('secrets-far', async (far) => {
    await kubectl(['create', 'serviceaccount', 'blind'], { namespace });
    await grant(`${namespace}:blind`, namespace);
    await grant(`${namespace}:blind`, far);
    const { kubeconfig } = await testCluster();
    const config = JSON.parse(await kubectl(['config', 'view', '--raw', '-o', 'json', '--kubeconfig', kubeconfig])) as { users: { user: object }[] };
    const token = (await kubectl(['create', 'token', 'blind'], { namespace })).trim();
    const path = join(folder, 'kubeconfig');
    writeFileSync(path, JSON.stringify({ ...config, users: config.users.map((user) => ({ ...user, user: { token } })) }));
    const container = { name: 'main', image: BUSYBOX_IMAGE, command: ['true'], envFrom: [{ secretRef: { name: 'hidden', optional: true } }] };
    const job = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'blind', namespace: far, annotations: { 'helm.sh/hook': 'pre-install' } },
      spec: { template: { spec: { restartPolicy: 'Never', containers: [container] } } },
    };
    const { code, stdout } = await lifecycle(['install', 'blind', manifests(job), '-n', namespace, '--kubeconfig', path]);
    expect(stdout).toContain(`warning: Values of Secret/hidden are not masked: cannot get Secret/hidden in namespace ${far}`);
    expect(code).toBe(0);
  }));

/** What of a write the tool has made up itself: of records all but the manifests, which Helm's format holds. */
function own(object: KubeObject): unknown {
  if (object.type === JOURNAL_SECRET_TYPE) return readJournalSecret(object);
  if (object.type !== RECORD_SECRET_TYPE) return object;
  const { record } = readRecordSecret(object);
  return { ...record, manifest: '', hooks: record.hooks.map((hook) => ({ ...hook, manifest: '' })) };
}

test('none of it holds a value: neither what was printed, nor what was written', async () => {
  const trail = await auditTrail({ since: started, namespace, userAgent: 'cdk8s-lifecycle' });
  const writes = trail.filter(({ verb }) => ['create', 'update', 'patch'].includes(verb)).map(({ requestObject }) => requestObject as KubeObject);
  const isManifest = ({ kind, metadata }: KubeObject) => (kind === 'Secret' && /^(resource|hook|numbered)$/.test(metadata.name!)) || metadata?.name === 'migrate';
  const written = writes.filter((object) => object && !isManifest(object)).map(own);
  expect(written.length).toBeGreaterThan(15);
  expect(JSON.stringify(written)).toContain('live ***');
  expect(leaks(JSON.stringify(written))).toEqual([]);
  expect(ran.map(({ stdout, stderr }) => leaks(stdout + stderr))).toEqual(ran.map(() => []));
});
