import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, Chart } from 'cdk8s';
import { loadAll } from 'js-yaml';
import { Flag, HelmChartApp, Placed } from '../../src';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'field-'));
});

afterEach(() => {
  delete process.env.CDK8S_LIFECYCLE_RELEASE;
  rmSync(folder, { recursive: true });
});

const SPEC = { first: 1, many: [{ 'a key': { deep: [1, 2] }, 'other': 'x\ny\n' }], last: 2 };

/** What the chart writes of one object. */
function written(place: (object: ApiObject, app: HelmChartApp) => void): string {
  const app = new HelmChartApp({ name: 'web', version: '1.0.0', outdir: folder });
  place(new ApiObject(new Chart(app, 'web'), 'thing', { apiVersion: 'example.com/v1', kind: 'Thing', spec: SPEC }), app);
  app.synth();
  return readFileSync(join(folder, 'templates/web.k8s.yaml'), 'utf8');
}

test('a field under a flag stands between comments that Helm obeys, and last in its map', () => {
  const text = written((object, { values }) => {
    Placed.onlyIf(object, '/spec/first', values.flag('first', { defaultValue: true }));
    Placed.onlyIf(object, '/spec/many/0/a key', values.flag('many', { defaultValue: true }).negated);
  });
  expect(text.slice(text.indexOf('spec:'))).toBe(`spec:
  last: 2
  many:
    - other: |
        x
        y
      # {{- if not .Values.many }}
      a key:
        deep:
          - 1
          - 2
      # {{- end }}
  # {{- if .Values.first }}
  first: 1
  # {{- end }}
`);
  expect(loadAll(text)).toMatchObject([{ spec: SPEC }]);
});

test('a condition stands in another, and the key may hold a value', () => {
  const text = written((object, { values, release }) => {
    Placed.at(object, `/spec/many/0/${release.name}`, { inside: 1, other: 2 });
    Placed.onlyIf(object, `/spec/many/0/${release.name}/inside`, values.flag('inside', { defaultValue: true }));
    Placed.onlyIf(object, `/spec/many/0/${release.name}`, values.flag('around', { defaultValue: true }));
  });
  expect(text).toContain(`
      # {{- if .Values.around }}
      "{{ .Release.Name }}":
        other: 2
        # {{- if .Values.inside }}
        inside: 1
        # {{- end }}
      # {{- end }}
`);
});

test.each([[true, { first: 1 }], [false, {}]])('in process the field is there if the flag is: %j', (flag, expected) => {
  process.env.CDK8S_LIFECYCLE_RELEASE = join(folder, 'release.json');
  writeFileSync(process.env.CDK8S_LIFECYCLE_RELEASE, JSON.stringify({ name: 'a', namespace: 'b', revision: 1, isInstall: true, values: { flag } }));
  const [object] = loadAll(written((each, { values }) => {
    Placed.onlyIf(each, '/spec/first', values.flag('flag', { defaultValue: true }));
  })) as { spec: object }[];
  expect(object.spec).toEqual({ many: SPEC.many, last: 2, ...expected });
});

test.each([
  ['spec', '"spec" is no JSON pointer: it begins with a slash, as /spec/replicas does'],
  ['/spec/none', '/spec/none: there is no such field'],
  ['/spec/none/deep', '/spec/none/deep: there is no such field'],
  ['/spec/many/0', '/spec/many/0: an item of a list cannot be under a flag; take the list as a value'],
  ['/spec/many/0/a key/deep', '/spec/many/0/a key/deep: nothing would be left beside it; put the whole map under the flag'],
])('%s is refused with the construct and the reason', (pointer, message) => {
  expect(() => written((object, { release }) => Placed.onlyIf(object, pointer, release.isInstall))).toThrow(`web/thing: ${message}`);
});

test('a text that is not empty is a condition; a zero in it is something', () => {
  const text = written((object, { values }) => {
    Placed.onlyIf(object, '/spec/first', Flag.notEmpty(values.text('class', { defaultValue: '' })));
    Placed.onlyIf(object, '/spec/last', Flag.notEmpty(`${values.integer('count', { defaultValue: 0 })}`));
  });
  expect(text).toContain('# {{- if not (empty .Values.class) }}\n');
  expect(text).toContain('# {{- if not (empty (printf `%v` (int64 .Values.count))) }}\n');
});
