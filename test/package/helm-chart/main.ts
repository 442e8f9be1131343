import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import { BackupHook, Flag, HelmChartApp, MigrationHook, OnlyIf, Placed, ReleaseChart } from 'cdk8s-lifecycle';
import { Deployment, EnvValue } from 'cdk8s-plus-27';

/* Each kind of value in each position, as main.py has it. */

const app = new HelmChartApp({
  name: 'webapp',
  version: '1.2.0',
  appVersion: '2.0',
  description: 'Counts its visitors',
  annotations: { 'artifacthub.io/license': 'Apache-2.0' },
  maintainers: [{ name: 'Platform team' }],
});
const { values, release } = app;

const tag = values.text('image.tag', { defaultValue: '', pattern: '^[0-9.]*$', fallback: app.appVersion, description: 'Tag of the image' });
const greeting = values.text('greeting', { defaultValue: 'say "hi" to {{ you }}' });
const logLevel = values.text('logLevel', { defaultValue: 'info', allowedValues: ['debug', 'info'] });
const port = values.integer('port', { defaultValue: 8080, minimum: 1, maximum: 65_535 });
const replicas = values.integer('replicas', { defaultValue: 2, minimum: 1 });
const ratio = values.number('sampleRatio', { defaultValue: 0.1 });
const timeout = values.seconds('migration.timeoutSeconds', { defaultValue: 240 });
const memory = values.mebibytes('memory', { defaultValue: 512 });
const backup = values.flag('backup.enabled', { defaultValue: true });
const paused = values.flag('paused', { defaultValue: false });
const hosts = values.list('hosts', { defaultValue: ['example.com'], items: { type: 'string' } });
const tolerations = values.list('tolerations');
const nodeSelector = values.mapping('nodeSelector', { defaultValue: { 'kubernetes.io/os': 'linux' } });

values.flag('postgresql.enabled', { defaultValue: true });
const postgresql = app.subchart('postgresql', {
  version: '16.x.x',
  repository: 'https://charts.example.com',
  condition: 'postgresql.enabled',
  values: { auth: { database: 'web' } },
});

const chart = new ReleaseChart(app, 'web');
const deployment = new Deployment(chart, 'Frontend', {
  replicas,
  containers: [{
    image: `web:${tag}`,
    args: [`--listen=0.0.0.0:${port}`, `--greeting=${greeting}`, `--hosts=${hosts.asJson}`],
    portNumber: port,
    envVariables: {
      DATABASE_HOST: EnvValue.fromValue(postgresql.include('postgresql.v1.primary.fullname')),
      LOG_LEVEL: EnvValue.fromValue(logLevel),
      PAUSED: EnvValue.fromValue(paused.asText),
      SAMPLE_RATIO: EnvValue.fromValue(`${ratio}`),
    },
    resources: { memory: { limit: memory } },
  }],
});
Placed.inPod(deployment, 'tolerations', tolerations);
Placed.inPod(deployment, 'nodeSelector', nodeSelector);
Placed.at(deployment, '/spec/paused', paused);

new MigrationHook(chart, 'migrate', { image: `web:${tag}`, command: ['./migrate'], timeout });
new BackupHook(chart, 'backup', { name: `${release.name}-backup-${release.revision}`, image: 'postgres:16', command: ['./backup'] })
  .with(OnlyIf.of(Flag.all([backup, release.isUpgrade])));
const hostsObject = new ApiObject(new Chart(app, 'settings'), 'hosts', {
  apiVersion: 'example.com/v1',
  kind: 'Hosts',
  metadata: { name: `${release.name}-hosts`, annotations: { 'example.com/ratio': `${ratio} of ${replicas}` } },
});
hostsObject.addJsonPatch(JsonPatch.add('/spec', { replicas, port: `${port}` }));
Placed.at(hostsObject, '/spec/hosts', hosts);
Placed.at(hostsObject, '/spec/paused', paused.negated);
Placed.at(hostsObject, '/spec/selector', nodeSelector);
hostsObject.with(OnlyIf.of(Flag.any([backup.negated, release.isInstall])));
app.addNotes(`${app.chartName} listens on ${port} in ${release.namespaceName}`);

app.synth();
