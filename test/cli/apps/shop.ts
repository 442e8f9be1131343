import { ApiObject, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { HelmChartApp, MigrationHook, OnlyIf } from '../../../src';

/** A chart with values of several kinds, which the command line runs as its users' apps. */
const app = new HelmChartApp({ name: 'shop', version: '1.2.0', appVersion: '2.0', notes: 'Thank you.' });
const { values, release } = app;
const tag = values.text('image.tag', { defaultValue: '2.0', pattern: '^[0-9.]+$' });
const replicas = values.integer('replicas', { defaultValue: 2, minimum: 1 });
const timeout = values.seconds('migration.timeoutSeconds', { defaultValue: 240 });
const password = values.text('password', { minLength: 8 });
const debug = values.flag('debug', { defaultValue: false });

const chart = new Chart(app, 'shop');
const data = { tag: `web:${tag}`, replicas: `${replicas}`, revision: `${release.revision}` };
new kplus.ConfigMap(chart, 'facts', { metadata: { name: `${release.name}-facts` }, data });
new ApiObject(chart, 'creds', { apiVersion: 'v1', kind: 'Secret', metadata: { name: `${release.name}-creds` }, stringData: { password } });
new MigrationHook(chart, 'migrate', { name: `${release.name}-migrate-${release.revision}`, image: `web:${tag}`, command: ['./migrate'], timeout });
const extra = new kplus.ConfigMap(chart, 'debug', { metadata: { name: `${release.name}-debug` } });
extra.with(OnlyIf.of(debug));
app.synth();
