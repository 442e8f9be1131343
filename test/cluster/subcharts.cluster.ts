import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chart } from 'cdk8s';
import { ConfigMap } from 'cdk8s-plus-27';
import { HelmChartApp, OnlyIf } from '../../src';
import { readDocuments } from '../../src/release';
import { runProgram, succeeded } from './cli';
import { tools } from './tools';

/* A chart that brings the chart of somebody else along, as helm sees it. */

let folder: string;

/** A chart as people write it by hand, with a named template that depends on its own values. */
function database(): void {
  mkdirSync(join(folder, 'database', 'templates'), { recursive: true });
  writeFileSync(join(folder, 'database', 'Chart.yaml'), 'apiVersion: v2\nname: database\nversion: 3.1.4\n');
  writeFileSync(join(folder, 'database', 'values.yaml'), 'suffix: primary\nport: 5432\n');
  writeFileSync(join(folder, 'database', 'templates', '_helpers.tpl'), '{{- define "database.fullname" -}}{{ .Release.Name }}-db-{{ .Values.suffix }}{{- end -}}\n');
  const service = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ include "database.fullname" . }}\nspec:\n  ports: [{ port: {{ .Values.port }} }]\n';
  writeFileSync(join(folder, 'database', 'templates', 'service.yaml'), service);
}

/** Our chart: it refers to the database's Service by the name that the other chart gives it. */
function web(): void {
  const app = new HelmChartApp({ name: 'web', version: '1.0.0', outdir: join(folder, 'web') });
  const enabled = app.values.flag('store.enabled', { defaultValue: true, description: 'Whether a database comes along' });
  const store = app.subchart('database', {
    version: '3.x.x', repository: 'file://../database', alias: 'store', condition: 'store.enabled', values: { port: 6432 },
  });
  const settings = new ConfigMap(new Chart(app, 'web'), 'settings', { metadata: { name: 'settings' }, data: { host: `${store.include('database.fullname')}.svc` } });
  settings.with(OnlyIf.of(enabled));
  app.synth();
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'subcharts-'));
  database();
  web();
  const env = { HELM_CACHE_HOME: join(folder, 'cache'), HELM_CONFIG_HOME: join(folder, 'config') };
  succeeded(await runProgram(tools().helm4, ['dependency', 'update', join(folder, 'web')], { env }));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Rendered {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly data?: { readonly host: string };
  readonly spec?: { readonly ports: readonly { readonly port: number }[] };
}

describe.each(['helm3', 'helm4'] as const)('%s', (helm) => {
  const render = async (...flags: string[]): Promise<Rendered[]> => {
    const text = succeeded(await runProgram(tools()[helm], ['template', 'shop', join(folder, 'web'), ...flags]));
    return readDocuments({ path: 'rendered.yaml', text }).map(({ value }) => value as Rendered);
  };

  test('a name of the other chart stands in our objects, and our values are its defaults', async () => {
    const objects = await render();
    expect(objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`).sort()).toEqual(['ConfigMap/settings', 'Service/shop-db-primary']);
    expect(objects.find(({ kind }) => kind === 'ConfigMap')!.data).toEqual({ host: 'shop-db-primary.svc' });
    expect(objects.find(({ kind }) => kind === 'Service')!.spec!.ports).toEqual([{ port: 6432 }]);
  });

  test('its users give the other chart values under its alias, and the name follows', async () => {
    const objects = await render('--set', 'store.suffix=replica');
    expect(objects.find(({ kind }) => kind === 'ConfigMap')!.data).toEqual({ host: 'shop-db-replica.svc' });
  });

  test('without it, what refers to it is not there either', async () => {
    expect(await render('--set', 'store.enabled=false')).toEqual([]);
  });

  test('a typo beside it is refused, a value of it is not ours to judge', async () => {
    await expect(render('--set', 'stoer.suffix=x')).rejects.toThrow(/stoer/);
    await expect(render('--set', 'store.anything=x')).resolves.toHaveLength(2);
  });

  test('it passes helm lint --strict', async () => {
    expect(succeeded(await runProgram(tools()[helm], ['lint', '--strict', join(folder, 'web')]))).toContain('0 chart(s) failed');
  });
});
