import { inspect } from 'node:util';
import { ClusterError } from '../../../src/cluster';
import { JobScripts, SimulatedCluster } from '../../../src/cluster/simulated';
import { JOURNAL_SECRET_TYPE, RECORD_SECRET_TYPE, readJournalSecret, readRecordSecret } from '../../../src/release';
import { JsonReporter, TextReporter } from '../../../src/report';
import { KubeObject } from '../../../src/vocabulary';
import { deployment, job, object, withMetadata } from '../../release/manifests';
import { linesOf } from '../../report/operation';
import { Options, Run, Shop } from '../harness';

/* Values of Secrets are planted wherever they can be; then everything that was said and written is searched for them. */

const CANARIES = {
  resource: 'canary-of-a-resource',
  hook: 'canary-of-a-hook+/?',
  live: 'canary that "lives" & sings',
  file: '-----BEGIN CANARY-----\nline-of-the-canary\n-----END CANARY-----\n',
  old: 'canary-of-the-revision-before',
  late: 'canary-that-came-late',
};

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** The canaries as they are looked for: each line of them, and what others make of them. */
function formsOf(value: string): string[] {
  return [...value.trim().split('\n'), base64(value), base64(value).replace(/=/g, ''), encodeURIComponent(value.trim()), JSON.stringify(value).slice(1, -1)];
}

const FORMS = Object.values(CANARIES).flatMap(formsOf);

function leaks(text: string): string[] {
  return FORMS.filter((form) => text.includes(form));
}

const SECRET = object('v1', 'Secret', 'resource', { stringData: { password: CANARIES.resource }, data: { file: base64(CANARIES.file) } });
const HOOK_SECRET = object('v1', 'Secret', 'hook', { stringData: { password: CANARIES.hook } }, { on: 'pre-install,pre-upgrade', weight: -10 });
const OLD_SECRET = object('v1', 'Secret', 'old', { stringData: { password: CANARIES.old } });

function hookJob(name: string, on: string): KubeObject {
  const env = [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'live', key: 'password' } } }];
  return job(name, { on }, { template: { spec: { containers: [{ name: 'main', image: 'tool:1', env, envFrom: [{ secretRef: { name: 'late' } }] }] } } });
}

/** Everything that is written to the cluster beside the manifests: in records, all but the manifests that Helm's format holds. */
class WatchedCluster extends SimulatedCluster {
  readonly written: unknown[] = [];
  refusal?: string;

  override async create(object_: KubeObject) {
    this.#note(object_);
    if (this.refusal !== undefined && object_.metadata.name === 'hook') {
      throw new ClusterError('invalid', { verb: 'create', target: 'Secret/hook' }, this.refusal, { cause: new Error(this.refusal) });
    }
    return super.create(object_);
  }

  override async apply(...args: Parameters<SimulatedCluster['apply']>) {
    if (this.refusal !== undefined && args[0].metadata.name === 'web') throw new ClusterError('invalid', { verb: 'patch', target: 'Deployment/web' }, this.refusal);
    return super.apply(...args);
  }

  override async replace(object_: KubeObject) {
    this.#note(object_);
    return super.replace(object_);
  }

  override async patch(...args: Parameters<SimulatedCluster['patch']>) {
    this.written.push(args);
    return super.patch(...args);
  }

  #note(written: KubeObject): void {
    if (written.type === RECORD_SECRET_TYPE) {
      const { record } = readRecordSecret(written);
      this.written.push({ ...record, manifest: '', hooks: record.hooks.map((hook) => ({ ...hook, manifest: '' })) });
    } else if (written.type === JOURNAL_SECRET_TYPE) {
      this.written.push(readJournalSecret(written));
    } else if (written.kind !== 'Secret') {
      this.written.push(written);
    }
  }
}

async function open(jobs: JobScripts): Promise<{ readonly shop: Shop; readonly cluster: WatchedCluster }> {
  const cluster = new WatchedCluster({ jobs });
  const shop = await Shop.in(cluster);
  await shop.cluster.create(withMetadata(object('v1', 'Secret', 'live', { data: { password: base64(CANARIES.live) } }), { namespace: 'shop' }));
  return { shop, cluster };
}

/** Everything that a run has said, in every way in which it can be said. */
function said({ events, outcome }: Run): string {
  return [
    inspect(events, { depth: 20, showHidden: true }),
    ...linesOf((write) => new TextReporter({ write }), events),
    ...linesOf((write) => new JsonReporter(write), events),
    inspect(outcome.error, { depth: 20, showHidden: true }),
  ].join('\n');
}

const PRINTED = FORMS.map((form) => `it is <${form}> now`);
const MASKED = PRINTED.map(() => 'it is <***> now');
const OBJECTS = [SECRET, HOOK_SECRET, deployment('web'), hookJob('migrate', 'pre-install,pre-upgrade,pre-rollback,pre-delete')];

async function installed(jobs: JobScripts, options?: Options): Promise<{ readonly run: Run; readonly shop: Shop; readonly cluster: WatchedCluster }> {
  const { shop, cluster } = await open(jobs);
  await shop.install([OLD_SECRET]);
  await shop.cluster.create(withMetadata(object('v1', 'Secret', 'late', { data: { password: base64(CANARIES.late) } }), { namespace: 'shop' }));
  return { run: await shop.upgrade(OBJECTS, options), shop, cluster };
}

const lines = ({ events }: Run) => events.flatMap((event) => (event.kind === 'hook-log' ? [event.line] : []));

test('a hook that prints every value, in every form, is shown without them', async () => {
  const { run, cluster } = await installed({ migrate: { logs: PRINTED } });
  expect(run.outcome.status).toBe('succeeded');
  expect(lines(run)).toEqual(MASKED);
  expect([leaks(said(run)), leaks(JSON.stringify(cluster.written))]).toEqual([[], []]);
});

test('so are its last lines when it fails, and what is recorded of it', async () => {
  const { run, cluster, shop } = await installed({ migrate: { logs: PRINTED, exitCode: 1 } });
  expect(run.outcome).toMatchObject({ status: 'failed', error: { lastLines: MASKED.slice(-20) } });
  expect([leaks(said(run)), leaks(JSON.stringify(cluster.written))]).toEqual([[], []]);
  expect((await shop.last()).info.description).toContain('pre-upgrade hooks failed');
});

test('so it is in a rollback and in an uninstall', async () => {
  // By then nothing knows any more of what was in the first revision.
  const printed = PRINTED.filter((line) => !formsOf(CANARIES.old).some((form) => line.includes(form)));
  const { shop, cluster } = await installed({ migrate: { logs: printed } });
  const runs = [await shop.upgrade(OBJECTS), await shop.rollback(2), await shop.uninstall()];
  expect(runs.map(({ outcome }) => outcome.status)).toEqual(['succeeded', 'succeeded', 'succeeded']);
  expect(runs.map((run) => lines(run).length)).toEqual(runs.map(() => printed.length));
  expect([...runs.map((run) => leaks(said(run))), leaks(JSON.stringify(cluster.written))]).toEqual([[], [], [], []]);
});

test.each(['hook', 'web'])('what the API server says of %s when it refuses it is told and recorded without values', async (name) => {
  const { shop, cluster } = await open({});
  cluster.refusal = `${name} is invalid: Invalid value: ${Object.values(CANARIES).slice(0, 4).map((value) => JSON.stringify(value)).join()}`;
  const run = await shop.install(name === 'hook' ? OBJECTS : OBJECTS.filter((each) => each !== HOOK_SECRET && each.kind !== 'Job').concat(HOOK_SECRET, hookJob('m', 'test')));
  expect(run.outcome.status).toBe('failed');
  expect((await shop.last()).info.description).toContain('Invalid value: "***","***"');
  expect([leaks(said(run)), leaks(JSON.stringify(cluster.written))]).toEqual([[], []]);
});

test('why a workload is not ready is told without values', async () => {
  const { shop, cluster } = await open({});
  const status = { observedGeneration: 1, conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: `no ${CANARIES.resource}` }] };
  cluster.at('1s', () => SimulatedCluster.prototype.patch.call(cluster, { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'shop' }, { status }));
  const run = await shop.install([SECRET, deployment('web')], { wait: true });
  expect(run.outcome).toMatchObject({ status: 'failed', error: { message: expect.stringContaining('it makes no progress: no ***') as string } });
  expect([leaks(said(run)), leaks(JSON.stringify(cluster.written))]).toEqual([[], []]);
});

test('why a Pod waits, and why its hook was stopped, is told and annotated without values', async () => {
  const { shop, cluster } = await open({ migrate: { for: '1h' } });
  const waiting = { containerStatuses: [{ name: 'main', state: { waiting: { reason: 'CreateContainerError', message: `cannot pull ${CANARIES.hook}` } } }] };
  cluster.at('3s', async () => {
    const [pod] = await cluster.list({ apiVersion: 'v1', kind: 'Pod', namespace: 'shop' });
    await SimulatedCluster.prototype.patch.call(cluster, { ...pod, name: pod.metadata.name!, namespace: 'shop' }, { status: waiting });
  });
  const run = await shop.install(OBJECTS, { timeoutSeconds: 30 });
  expect(run.story).toContain('pre-install migrate waits: container "main": CreateContainerError: cannot pull ***');
  expect(await shop.get('Job', 'migrate')).toMatchObject({
    metadata: { annotations: { 'cdk8s-lifecycle/stopped': 'timed out after 30 s, container "main": CreateContainerError: cannot pull ***' } },
  });
  expect([leaks(said(run)), leaks(JSON.stringify(cluster.written))]).toEqual([[], []]);
});
