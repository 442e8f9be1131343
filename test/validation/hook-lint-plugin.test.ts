import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Validation, ValidationContext } from 'cdk8s-cli/plugins';
import { HookLintPlugin } from '../../src/validation';
import { job } from '../lint/objects';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'hook-lint-plugin-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, ...objects: readonly unknown[]): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, objects.map((object) => (typeof object === 'string' ? object : JSON.stringify(object, undefined, 2))).join('\n---\n'));
  return path;
}

/** What cdk8s-cli reports of manifests; `properties` are those of cdk8s.yaml. */
async function report(manifests: readonly string[], properties?: Readonly<Record<string, unknown>>) {
  const plugin: Validation = new HookLintPlugin(properties); // it is what cdk8s-cli asks for
  const context = new ValidationContext(manifests, 'cdk8s-lifecycle', '1.2.3', { migrate: { path: 'web/migrate/Resource' } });
  await plugin.validate(context);
  const { summary, violations } = context.report.toJson();
  return { status: summary.status, found: summary.metadata, violations };
}

const WARNS = job({ spec: { activeDeadlineSeconds: 900 } });
const FAILS = job({ on: 'pre-instal' });

test('an error fails, and is told with rule, construct, manifest and place', async () => {
  const path = file('web.k8s.yaml', FAILS);
  expect(await report([path])).toEqual({
    status: 'failure',
    found: { Findings: '1 error, 0 warnings' },
    violations: [
      {
        ruleName: 'unknown-event',
        recommendation: 'Job/migrate: helm.sh/hook names "pre-instal", which Helm does not know (it would drop the whole object without a word) (error)',
        fix: 'Did you mean "pre-install"?',
        violatingConstructs: [{ constructPath: 'web/migrate/Resource', resourceName: 'migrate', manifestPath: path, locations: ['metadata.annotations["helm.sh/hook"] (line 7)'] }],
      },
    ],
  });
});

test.each([
  ['what is right', job(), {}, 'success'],
  ['what is right', job(), { strict: true }, 'success'],
  ['a warning', WARNS, {}, 'success'],
  ['a warning', WARNS, { strict: false }, 'success'],
  ['a warning', WARNS, { strict: true }, 'failure'],
  ['an error', FAILS, { strict: false }, 'failure'],
])('%s %#: with %j it is a %s', async (_, object, properties, status) => {
  expect(await report([file('web.k8s.yaml', object)], properties)).toMatchObject({ status });
});

test('all manifests are one release', async () => {
  const paths = [file('a.yaml', job({ on: 'pre-install', pod: { serviceAccountName: 'sa' } })), file('b.yaml', { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'sa' } })];
  expect(await report(paths)).toMatchObject({ status: 'failure', violations: [{ ruleName: 'needs-resource-too-early' }] });
});

test('in a chart that Helm renders, template expressions may stand, elsewhere they may not', async () => {
  const templated = job({ name: '{{ .Release.Name }}-migrate' });
  file('chart/Chart.yaml', 'name: web');
  expect(await report([file('plain/web.yaml', templated)])).toMatchObject({ status: 'failure', violations: [{ ruleName: 'template-left' }] });
  expect(await report([file('chart/templates/web/job.yaml', templated)])).toMatchObject({ status: 'success' });
});

test('what lies beside the templates of a chart is no manifest', async () => {
  const about = [file('chart/Chart.yaml', 'name: web'), file('chart/values.yaml', 'tag: "2.0"')];
  const template = file('chart/templates/web.yaml', FAILS);
  expect(await report([...about, template])).toMatchObject({ status: 'failure', violations: [{ ruleName: 'unknown-event' }] });
  expect(await report(about)).toMatchObject({ status: 'success' });
});

test('manifests that are no YAML, and those that are no objects, are told together with their places', async () => {
  const paths = [file('broken.yaml', 'kind: ['), file('right.yaml', job()), file('list.yaml', '[1, 2]')];
  await expect(report(paths)).rejects.toMatchObject({
    problems: [
      { source: { file: paths[0], line: 1 }, message: expect.stringMatching(/^not valid YAML/) },
      { source: { file: paths[2], line: 1 }, message: 'is not a Kubernetes object' },
    ],
  });
});

test.each([
  [{ strikt: true }, 'the properties of HookLintPlugin in cdk8s.yaml hold "strikt", which does not exist\n  Did you mean "strict"?'],
  [{ rules: [] }, 'the properties of HookLintPlugin in cdk8s.yaml hold "rules", which does not exist\n  Known is strict. Remove "rules".'],
  [{ strict: 'yes' }, 'the properties of HookLintPlugin in cdk8s.yaml say strict: "yes", which is no truth value\n  Write strict: true, and warnings fail, too; or strict: false.'],
])('the properties %j are refused', (properties, message) => {
  expect(() => new HookLintPlugin(properties)).toThrow(message);
});
